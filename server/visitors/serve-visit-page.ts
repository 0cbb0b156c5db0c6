import { randomUUID } from 'node:crypto';
import type { CommandId } from '@antrean/shared/domain/ids.ts';
import { type CatalogueLanguage, catalogueFor, catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { screenLanguages } from '@antrean/shared/views/say-name.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../http/app.ts';
import { isStoreError } from '../http/answer-errors.ts';
import { askedLanguage } from '../http/asked-language.ts';
import { sayIn } from '../http/send-problem.ts';
import { subscriptionOf } from '../notify/subscription-store.ts';
import { pushOf } from '../notify/web-push.ts';
import { type VisitAct, visitCommandId } from './act-on-visit.ts';
import { isOpened, openVisit, type VisitorPorts } from './open-visit.ts';
import { visitView } from './visit-view.ts';
import { ownAnswer } from './answer-store.ts';
import { ownContact } from './contact-store.ts';
import { serveContactPage } from './serve-contact-page.ts';
import { filled, type WrittenPage } from './page-parts.ts';
import { servePages } from './serve-pages.ts';
import { servePushPage } from './serve-push-page.ts';
import { serveSurveyPage } from './serve-survey-page.ts';
import type { About } from './visit-frame.ts';
import type { AskedVisit, Refused, VisitPages } from './visit-pages.ts';
import { writeContactPage } from './write-contact-page.ts';
import { writeSurveyPage } from './write-survey-page.ts';
import { writePushPage } from './write-push-page.ts';
import { writeNoVisitPage, writeVisitPage } from './write-visit-page.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The page behind a link (S8, S9): written here, so that it works in any browser, and kept fresh by a small script. What
 * is done on it is sent by POST with a button: whoever only looks at the link, as programs for messages do, does nothing.
 */
export const serveVisitPage = (app: App, ports: VisitorPorts): Promise<void> =>
  servePages(app, 'visit', (scope, shell) => {
    const page: VisitPages['page'] = (request, reply, refused) => sendVisitPage(ports, shell, request, reply, refused);
    scope.get<AskedVisit>('/v/:link', { schema: { hide: true } }, (request, reply) => page(request, reply));
    for (const act of ['cancel', 'take-back', 'rejoin', 'postpone', 'return'] as const) {
      scope.post<AskedVisit>(`/v/:link/${act}`, { schema: { hide: true } }, async (request, reply) => {
        const reason = await commandByForm(ports, request, act);
        if (reason) return page(request, reply, { status: 409, reason });
        // Loading the page again must not send the form again.
        return reply.redirect(pageOf(request), 303);
      });
    }
    // Where a form was refused, the address is the form's: loaded anew, as the page itself does, it leads back.
    scope.get<AskedVisit>('/v/:link/*', { schema: { hide: true } }, (request, reply) => {
      return reply.redirect(pageOf(request, aboutOf(request.url)), 303);
    });
    const say: VisitPages['say'] = (request, { ticket, branch }) =>
      sayIn(languageOf(request, [ticket?.language, ...screenLanguages(branch.setup.languages)]));
    const pages = { page, pageOf, say };
    serveContactPage(scope, ports, pages);
    serveSurveyPage(scope, ports, pages);
    servePushPage(scope, ports, pages);
  });

/** What the page of a form's address is about. */
const aboutOf = (url: string): About => {
  const [, named] = /^\/v\/[^/]+\/(contact|survey|push)\b/.exec(url) ?? [];
  return named ? { [named]: '1' } : {};
};

const pathOf = ({ params }: FastifyRequest<AskedVisit>): string => `/v/${encodeURIComponent(params.link)}`;

/** The page a form leads back to: in the language that was chosen on it, else in the ticket's own, and as large. */
const pageOf = (request: FastifyRequest<AskedVisit>, about: About = {}): string => {
  const chosen = chosenLanguage(request);
  const isBig = request.query.big !== undefined;
  const choices = { ...(chosen && { language: chosen }), ...(isBig && { big: '1' }) };
  const query = new URLSearchParams({ ...choices, ...about }).toString();
  return pathOf(request) + (query && `?${query}`);
};

const sendVisitPage = async (
  ports: VisitorPorts,
  shell: string,
  request: FastifyRequest<AskedVisit>,
  reply: FastifyReply,
  refused: Refused | undefined,
): Promise<FastifyReply> => {
  const visit = await openVisit(ports, request.ip, request.params.link);
  void reply.type('text/html; charset=utf-8');
  if (!isOpened(visit)) {
    const language = languageOf(request, []);
    const reason = sayIn(language)(`refusal.${visit.code}`, { waitSeconds: visit.waitSeconds });
    if (visit.waitSeconds !== undefined) void reply.header('retry-after', visit.waitSeconds);
    return reply.code(visit.status).send(filled(shell, writeNoVisitPage(language, sayIn(language), reason)));
  }
  const { version } = visit;
  const fill = (page: WrittenPage): string => filled(shell, { ...page, version });
  const view = await visitView(ports, visit);
  const language = languageOf(request, [view.language, ...screenLanguages(view.languages)]);
  const say = sayIn(language);
  const { leave, contact, erase, survey, push, big } = request.query;
  const sending = pushOf(ports, visit.branch.id);
  const hasPush = sending !== null;
  const common = { view, language, say, path: pathOf(request), isBig: big !== undefined };
  const of = { branchId: visit.branch.id, ticketId: visit.ticketId };
  const { status = 200, reason, typed, marks } = refused ?? {};
  const about = aboutOf(request.routeOptions.url ?? '');
  const asksPush = push !== undefined || about.push !== undefined;
  const write = async (): Promise<WrittenPage> => {
    const refusal = reason !== undefined && { refusal: reason };
    if (asksPush && sending) {
      const isOn = (await subscriptionOf(ports, of)) !== null;
      return writePushPage({ ...common, isOn, publicKey: sending.keys.publicKey, ...refusal });
    }
    if (contact !== undefined || about.contact) {
      const kept = await ownContact(ports, of);
      return writeContactPage({ ...common, kept, isErasing: erase !== undefined, ...refusal, ...(typed && { typed }) });
    }
    const answer = view.survey ? await ownAnswer(ports.sql, of) : null;
    if (view.survey === 'skm' && (survey !== undefined || about.survey)) {
      return writeSurveyPage({ ...common, marks: marks ?? answer?.marks ?? [], ...refusal });
    }
    const isLeaving = leave !== undefined;
    return writeVisitPage({ ...common, answer, isLeaving, hasPush, newCommandId: randomUUID, ...refusal });
  };
  try {
    return reply.code(status).send(fill(await write()));
  } catch (error) {
    if (!(error instanceof Error) || !isStoreError(error)) throw error;
    // How the ticket stands is known without the database.
    const { survey: _, ...others } = view;
    const standing = { ...common, view: others, answer: null, isLeaving: false, hasPush, newCommandId: randomUUID };
    const isAll = !refused && !asksPush && contact === undefined && survey === undefined;
    if (isAll) return reply.send(fill(writeVisitPage(standing)));
    const page = writeVisitPage({ ...standing, refusal: say('refusal.STORE_UNAVAILABLE') });
    return reply.code(503).send(fill(page));
  }
};

/** @returns why it was not done, in words; `undefined` when it was, or when the page says by itself how it stands */
const commandByForm = async (
  ports: VisitorPorts,
  request: FastifyRequest<AskedVisit>,
  act: VisitAct,
): Promise<string | undefined> => {
  const visit = await openVisit(ports, request.ip, request.params.link);
  const asked = String((request.body as { commandId?: unknown } | null)?.commandId ?? '').toLowerCase();
  if (!isOpened(visit) || !visit.ticket || !uuid.test(asked)) return undefined;
  const outcome = await ports.halls.run(visit.branch.id, {
    type: `${act}-ticket`,
    ticketId: visit.ticketId,
    commandId: visitCommandId(act, request.params.link, asked) satisfies CommandId,
    actor: { kind: 'visitor' },
  });
  if (outcome.kind === 'done') return undefined;
  // Back in the line already, by the clock or the staff, is what they wish for.
  const isBack = act === 'return' && outcome.kind === 'refused' && outcome.refusal.code === 'ACTION_NOT_ALLOWED';
  if (isBack) return undefined;
  const say = sayIn(languageOf(request, [visit.ticket.language]));
  return outcome.kind === 'refused'
    ? say(`refusal.${outcome.refusal.code}`, outcome.refusal.details)
    : say('refusal.STORE_UNAVAILABLE');
};

/** The one chosen on the page, else that of the ticket or the hall, else what the browser asks for. */
const languageOf = (
  request: FastifyRequest<AskedVisit>,
  otherwise: readonly (string | undefined)[],
): CatalogueLanguage => {
  const first = otherwise.find((each) => each !== undefined);
  return chosenLanguage(request) ?? (first ? catalogueFor(first) : askedLanguage(request.headers['accept-language']));
};

const chosenLanguage = ({ query }: FastifyRequest<AskedVisit>): CatalogueLanguage | undefined =>
  catalogueLanguages.find((one) => one === query.language);
