import type { AgencyId, BranchId, CounterId, ServiceId, TicketId } from '@antrean/shared/domain/ids.ts';
import { isCounterOf, isServiceOf, isTicketOf } from '@antrean/shared/domain/of-agency.ts';
import { mayAct, type Permission, type Principal, visitor } from '@antrean/shared/domain/permissions.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { KnownDevice } from '@antrean/shared/protocol/devices.ts';
import type { FastifyReply, FastifyRequest, preHandlerHookHandler } from 'fastify';
import type { Halls } from '../hall/halls.ts';
import type { App } from '../http/app.ts';
import { type ProblemCode, sendProblem } from '../http/send-problem.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';

declare module 'fastify' {
  interface Session {
    staff?: Me;
    /** Where it was begun and with what, for its owner to know it by. */
    begun?: { readonly address: string; readonly browser: string };
  }
  interface FastifyRequest {
    staff: Me | null;
    /** The kiosk, screen or printer it comes from. Whoever is signed in there acts for themselves. */
    device: KnownDevice | null;
  }
  interface FastifyInstance {
    /**
     * A handler that lets only those pass who have the permission for the branch, counter and ticket in the address.
     *
     * @param isNeeded whether a request needs it; absent: each does
     */
    allow: (permission: Permission, isNeeded?: (request: FastifyRequest) => boolean) => preHandlerHookHandler;
    /** A handler that lets whoever is signed in pass, to what is their own. */
    allowOwn: preHandlerHookHandler;
  }
}

export interface GuardPorts {
  readonly halls: Pick<Halls, 'branch'>;
  /** Told when somebody who is signed in was kept out. */
  readonly noteRefused: (request: FastifyRequest, permission: Permission, code: ProblemCode) => void;
}

/** Gives the app `allow` and `allowOwn`, and each request its `staff` and `device`; whoever is neither is a visitor. */
export const guardRoutes = (app: App, { halls, noteRefused }: GuardPorts): void => {
  app.decorateRequest('staff', null);
  app.decorateRequest('device', null);
  app.decorate('allow', (permission, isNeeded = () => true) =>
    unless(
      (request) => (isNeeded(request) ? (refusalOf(request, permission) ?? refusedByAgency(halls, request)) : null),
      (request, code) => (request.staff ?? request.device) && noteRefused(request, permission, code),
    ),
  );
  app.decorate(
    'allowOwn',
    unless((request) => (request.staff ? foreignOrigin(request) : [401, 'SIGN_IN_NEEDED'])),
  );
};

/** Who is signed in, behind `allowOwn`, or `allow` with what no visitor may. */
export const signedIn = ({ staff }: FastifyRequest): Me => {
  if (!staff) throw new Error('the route lets visitors pass');
  return staff;
};

/** What somebody has to do before anything else; `null`: nothing. */
export const heldUpBy = ({
  mustChangePassword,
  secondFactor,
}: Me): 'PASSWORD_TO_CHANGE' | 'SECOND_FACTOR_NEEDED' | null =>
  mustChangePassword ? 'PASSWORD_TO_CHANGE' : secondFactor === 'needed' ? 'SECOND_FACTOR_NEEDED' : null;

type Refused = [number, ProblemCode] | null;

const unless =
  (
    refusal: (request: FastifyRequest) => Refused | Promise<Refused>,
    note?: (request: FastifyRequest, code: ProblemCode) => void,
  ): preHandlerHookHandler =>
  (request, reply, done) => {
    const go = (refused: Refused): void => {
      if (!refused) return done();
      note?.(request, refused[1]);
      sendProblem(request, reply as FastifyReply, ...refused);
    };
    const refused = refusal(request);
    // A promise for each command would cost more than the look at a table does.
    if (refused instanceof Promise) refused.then(go, done);
    else go(refused);
  };

/** A browser sends the session's cookie along whatever page asks: only our own pages may (S16). */
const foreignOrigin = (request: FastifyRequest): Refused =>
  request.method !== 'GET' && !isSameOrigin(request.raw) ? [403, 'FOREIGN_ORIGIN'] : null;

const refusalOf = (request: FastifyRequest, permission: Permission): Refused => {
  const { staff, device } = request;
  const known = staff ?? (device && principalOf(device));
  const foreign = known && foreignOrigin(request);
  if (foreign) return foreign;
  if (!mayAct(known ?? visitor, permission)) return known ? [403, 'NOT_ALLOWED'] : [401, 'SIGN_IN_NEEDED'];
  const held = staff && heldUpBy(staff);
  if (held) return [403, held];
  const { branchId } = paramsOf(request);
  return known?.branchId && branchId && known.branchId !== branchId ? [404, 'BRANCH_UNKNOWN'] : null;
};

/** A device is its hall's (S5). A printer station asks for nothing that a screen does not. */
const principalOf = ({ kind, branchId }: KnownDevice): Principal => ({
  role: kind === 'kiosk' ? 'kiosk' : 'display',
  branchId,
  agencyId: null,
});

/** Whose account is for one agency touches nothing of another's (ALLOW-4). What there is not is said further on. */
const refusedByAgency = (halls: GuardPorts['halls'], request: FastifyRequest): Refused | Promise<Refused> => {
  if (!request.staff?.agencyId) return null;
  const agencyId = request.staff.agencyId as AgencyId;
  const { branchId, counterId, serviceId, ticketId } = paramsOf(request);
  if (!branchId || (!counterId && !serviceId && !ticketId)) return null;
  return halls.branch(branchId).then(({ hall, setup }) => {
    const isForeign =
      (counterId && setup.counters.has(counterId) && !isCounterOf(setup, counterId, agencyId)) ||
      (serviceId && setup.services.has(serviceId) && !isServiceOf(setup, serviceId, agencyId)) ||
      (ticketId && hall.tickets.has(ticketId) && !isTicketOf(hall, setup, ticketId, agencyId));
    return isForeign ? [403, 'OTHER_AGENCY'] : null;
  });
};

interface Params {
  readonly branchId?: BranchId;
  readonly counterId?: CounterId;
  readonly serviceId?: ServiceId;
  readonly ticketId?: TicketId;
}

/** A ticket's id as the ledger has it: capital letters in a UUID mean the same. */
const paramsOf = ({ params }: FastifyRequest): Params => {
  const { ticketId, ...others } = (params ?? {}) as Params;
  return { ...others, ...(ticketId && { ticketId: ticketId.toLowerCase() as TicketId }) };
};
