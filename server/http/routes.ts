import { knowStaff, useSessions } from '../access/sessions.ts';
import { showMeRoute } from '../access/show-me.ts';
import { signInRoute } from '../access/sign-in.ts';
import { signOutRoute } from '../access/sign-out.ts';
import type { App } from './app.ts';
import { callNextRoute } from './call-next.ts';
import { callTicketRoute } from './call-ticket.ts';
import { cancelTicketRoute } from './cancel-ticket.ts';
import { closeCounterRoute } from './close-counter.ts';
import { closeDayRoute } from './close-day.ts';
import { finishRoute } from './finish.ts';
import { healthRoutes } from './health.ts';
import { issueTicketRoute } from './issue-ticket.ts';
import { listBranchesRoute } from './list-branches.ts';
import { missRoute } from './miss.ts';
import { openCounterRoute } from './open-counter.ts';
import { openDayRoute } from './open-day.ts';
import { pauseCounterRoute } from './pause-counter.ts';
import type { HttpPorts } from './ports.ts';
import { recallRoute } from './recall.ts';
import { refuseOtherMethods } from './refuse-other-methods.ts';
import { resumeCounterRoute } from './resume-counter.ts';
import { showBoardRoute } from './show-board.ts';
import { showBranchRoute } from './show-branch.ts';
import { showTicketRoute } from './show-ticket.ts';
import { startRoute } from './start.ts';

/** Every route of the API, one file each. Public ones first; the rest knows who is signed in. */
export const registerRoutes = async (app: App, ports: HttpPorts): Promise<void> => {
  const routesAreThere = refuseOtherMethods(app);
  healthRoutes(app, ports);
  listBranchesRoute(app, ports);
  showBranchRoute(app, ports);
  showBoardRoute(app, ports);
  showTicketRoute(app, ports);
  await app.register(async (scope: App) => {
    await useSessions(scope, ports.sessions);
    signInRoute(scope, ports.sql);
    signOutRoute(scope);
  });
  await app.register((scope: App, _options, done) => {
    knowStaff(scope, ports.sessions);
    showMeRoute(scope);
    // Open to all, but a manager may issue where a visitor may not (HOURS-3).
    issueTicketRoute(scope, ports);
    cancelTicketRoute(scope, ports);
    openDayRoute(scope, ports);
    closeDayRoute(scope, ports);
    openCounterRoute(scope, ports);
    pauseCounterRoute(scope, ports);
    resumeCounterRoute(scope, ports);
    closeCounterRoute(scope, ports);
    callNextRoute(scope, ports);
    callTicketRoute(scope, ports);
    recallRoute(scope, ports);
    startRoute(scope, ports);
    finishRoute(scope, ports);
    missRoute(scope, ports);
    done();
  });
  routesAreThere();
};
