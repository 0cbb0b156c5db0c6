import type { App } from '../http/app.ts';
import { distOf } from '../http/serve-screens.ts';
import { dropSubscription } from '../notify/subscription-store.ts';
import { actByForm } from './act-by-form.ts';
import type { VisitorPorts } from './open-visit.ts';
import type { AskedVisit, VisitPages } from './visit-pages.ts';

/** What the page about messages to the phone needs (PUSH-1): turning them off, and the script that shows them. */
export const servePushPage = (app: App, ports: VisitorPorts, pages: VisitPages): void => {
  app.post<AskedVisit>('/v/:link/push/stop', { schema: { hide: true } }, (request, reply) =>
    actByForm(ports, pages, request, reply, async ({ branch, ticketId }) => {
      await dropSubscription(ports, { branchId: branch.id, ticketId });
      return () => reply.redirect(pages.pageOf(request), 303);
    }),
  );

  // Beside the pages: a browser lets a script look after nothing above itself.
  app.get('/v/push-worker.js', { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').sendFile('push-worker.js', distOf('display')),
  );
};
