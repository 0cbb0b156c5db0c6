import type { FirstRun } from '../access/set-up-code.ts';
import type { App } from './app.ts';
import { sendProblem } from './send-problem.ts';

/** Until there is an administrator the API does nothing but make one (S1). */
export const refuseBeforeSetUp = (app: App, firstRun: FirstRun): void => {
  app.addHook('onRequest', (request, reply, done) => {
    // Every request comes through here, and nearly all of them long after.
    if (firstRun.isOver) return done();
    firstRun.isNow().then((isNow) => {
      if (isNow) sendProblem(request, reply, 503, 'SET_UP_NEEDED');
      else done();
    }, done);
  });
};
