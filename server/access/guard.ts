import { type Permission, permissions } from '@antrean/shared/domain/permissions.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { FastifyReply, FastifyRequest, preHandlerHookHandler } from 'fastify';
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
  }
  interface FastifyInstance {
    /**
     * A handler that lets only those pass who have the permission for the branch in the address.
     *
     * @param isNeeded whether a request needs it; absent: each does
     */
    allow: (permission: Permission, isNeeded?: (request: FastifyRequest) => boolean) => preHandlerHookHandler;
    /** A handler that lets whoever is signed in pass, to what is their own. */
    allowOwn: preHandlerHookHandler;
  }
}

/** Gives the app `allow` and `allowOwn`, and each request its `staff`; whoever has no session is a visitor. */
export const guardRoutes = (app: App): void => {
  app.decorateRequest('staff', null);
  app.decorate('allow', (permission, isNeeded = () => true) =>
    unless((request) => (isNeeded(request) ? refusalOf(request, permission) : null)),
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

type Refused = [number, ProblemCode] | null;

const unless =
  (refusal: (request: FastifyRequest) => Refused): preHandlerHookHandler =>
  (request, reply, done) => {
    const refused = refusal(request);
    if (refused) sendProblem(request, reply as FastifyReply, ...refused);
    else done();
  };

/** A browser sends the session's cookie along whatever page asks: only our own pages may (S16). */
const foreignOrigin = (request: FastifyRequest): Refused =>
  request.method !== 'GET' && !isSameOrigin(request.raw) ? [403, 'FOREIGN_ORIGIN'] : null;

const refusalOf = (request: FastifyRequest, permission: Permission): Refused => {
  const { staff } = request;
  if (!permissions[staff?.role ?? 'visitor'][permission]) return staff ? [403, 'NOT_ALLOWED'] : [401, 'SIGN_IN_NEEDED'];
  if (staff?.mustChangePassword) return [403, 'PASSWORD_TO_CHANGE'];
  const { branchId } = (request.params ?? {}) as { branchId?: string };
  if (staff?.branchId && branchId && staff.branchId !== branchId) return [404, 'BRANCH_UNKNOWN'];
  return staff ? foreignOrigin(request) : null;
};
