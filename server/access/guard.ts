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
  }
}

/** Gives the app `allow` and each request its `staff`; whoever has no session is a visitor. */
export const guardRoutes = (app: App): void => {
  app.decorateRequest('staff', null);
  app.decorate('allow', (permission, isNeeded = () => true) => (request, reply, done) => {
    const refused = isNeeded(request) ? refusalOf(request, permission) : null;
    if (refused) sendProblem(request, reply as FastifyReply, ...refused);
    else done();
  });
};

const refusalOf = (request: FastifyRequest, permission: Permission): [number, ProblemCode] | null => {
  const { staff } = request;
  if (!permissions[staff?.role ?? 'visitor'][permission]) return staff ? [403, 'NOT_ALLOWED'] : [401, 'SIGN_IN_NEEDED'];
  if (staff?.mustChangePassword) return [403, 'PASSWORD_TO_CHANGE'];
  const { branchId } = (request.params ?? {}) as { branchId?: string };
  if (staff?.branchId && branchId && staff.branchId !== branchId) return [404, 'BRANCH_UNKNOWN'];
  // A browser sends the session's cookie along whatever page asks: only our own pages may (S16).
  if (staff && request.method !== 'GET' && !isSameOrigin(request.raw)) return [403, 'FOREIGN_ORIGIN'];
  return null;
};
