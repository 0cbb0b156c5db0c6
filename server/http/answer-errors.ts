import { BranchUnknown } from '../hall/halls.ts';
import { ClientTimeout } from '../ledger/connect-postgres.ts';
import { storeFailure } from '../ledger/store-error.ts';
import type { App } from './app.ts';
import { sendProblem } from './send-problem.ts';

/** Turns whatever goes wrong outside the rules into a problem with the right status; nothing inner is told. */
export const answerErrors = (app: App): void => {
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, 404, 'NOT_FOUND', { path: request.url }));
  app.setErrorHandler((error: Error & { code?: string; statusCode?: number; validation?: unknown }, request, reply) => {
    if (error.validation) return sendProblem(request, reply, 400, 'INVALID', { reason: error.message });
    if (error instanceof BranchUnknown)
      return sendProblem(request, reply, 404, 'BRANCH_UNKNOWN', { branchId: error.branchId });
    if (error.statusCode === 413) return sendProblem(request, reply, 413, 'TOO_LARGE');
    if (error.statusCode === 415) return sendProblem(request, reply, 415, 'WRONG_MEDIA_TYPE');
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return sendProblem(request, reply, error.statusCode, 'INVALID', { reason: error.message });
    }
    if (isStoreError(error)) {
      request.log.warn({ ...storeFailure(error), requestId: request.id }, 'a read failed');
      return sendProblem(request, reply.header('retry-after', '1'), 503, 'STORE_UNAVAILABLE');
    }
    request.log.error({ err: error, requestId: request.id });
    return sendProblem(request, reply, 500, 'INTERNAL', { requestId: request.id });
  });
};

/** Whether Postgres is away or could not do what was asked. */
export const isStoreError = (error: Error & { code?: string }): boolean =>
  error instanceof ClientTimeout ||
  error.name === 'PostgresError' ||
  /^(CONNECT|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/.test(error.code ?? '');
