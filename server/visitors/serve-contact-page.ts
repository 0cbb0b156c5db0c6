import { readPhone } from '@antrean/shared/domain/phone.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { byRequest } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { actByForm, fieldOf } from './act-by-form.ts';
import { eraseContacts, exportContacts } from './contact-store.ts';
import { leaveContact } from './leave-contact.ts';
import type { VisitorPorts } from './open-visit.ts';
import type { AskedVisit, VisitPages } from './visit-pages.ts';
import { visitView } from './visit-view.ts';

/**
 * What a visitor does with the own data on the page of the ticket. All by POST with a button, the file too: it is noted
 * that it was handed out, and whoever only looks at links does nothing.
 */
export const serveContactPage = (app: App, ports: VisitorPorts, pages: VisitPages): void => {
  const { say, pageOf } = pages;

  /** Loading the page again must not send the form again. */
  const again = (request: FastifyRequest<AskedVisit>, reply: FastifyReply) => () =>
    reply.redirect(pageOf(request, { contact: '1' }), 303);

  app.post<AskedVisit>('/v/:link/contact', { schema: { hide: true } }, (request, reply) =>
    actByForm(ports, pages, request, reply, async (visit) => {
      const speak = say(request, visit);
      const typed = fieldOf(request.body, 'phone');
      const phone = readPhone(typed);
      if (phone === null) return { status: 400, reason: speak('contact.phoneWrong'), typed };
      if (fieldOf(request.body, 'consent') !== 'yes') {
        return { status: 400, reason: speak('contact.consentMissing'), typed };
      }
      const refused = await leaveContact(ports, visit, phone);
      if (refused) return { status: 409, reason: speak(`refusal.${refused}`, { number: visit.number }) };
      return again(request, reply);
    }),
  );

  app.post<AskedVisit>('/v/:link/contact/erase', { schema: { hide: true } }, (request, reply) =>
    actByForm(ports, pages, request, reply, async ({ branch, ticketId }) => {
      await eraseContacts(ports, { branchId: branch.id, ticketId }, byRequest(request));
      return again(request, reply);
    }),
  );

  app.post<AskedVisit>('/v/:link/contact/export', { schema: { hide: true } }, (request, reply) =>
    actByForm(ports, pages, request, reply, async (visit) => {
      const { branch, ticketId, businessDay } = visit;
      const kept = await exportContacts(ports, { branchId: branch.id, ticketId }, byRequest(request));
      const { hall, number, service, status } = await visitView(ports, visit);
      const contacts = kept.map(({ phone, language, consentAt, eraseAfter }) => ({
        ...{ phone, language },
        consentAt: new Date(consentAt).toISOString(),
        eraseAfter: new Date(eraseAfter).toISOString(),
      }));
      const file = JSON.stringify({ hall, day: businessDay, number, service, status, contacts }, null, 2);
      return () =>
        reply
          .type('application/json; charset=utf-8')
          .header('content-disposition', `attachment; filename="antrean-${businessDay}.json"`)
          .send(file);
    }),
  );
};
