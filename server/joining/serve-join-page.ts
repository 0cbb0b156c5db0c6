import { newCommandId } from '@antrean/shared/client/command-id.ts';
import { nextOpening } from '@antrean/shared/domain/next-opening.ts';
import { ticketOfPhone } from '@antrean/shared/domain/hall.ts';
import {
  type AgencyId,
  type BranchId,
  idPattern,
  type JourneyId,
  type ServiceId,
  type TicketId,
} from '@antrean/shared/domain/ids.ts';
import type { Journey, Service } from '@antrean/shared/domain/setup.ts';
import { type CatalogueLanguage, catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { sayHallOpening } from '@antrean/shared/views/say-shut.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { countOne, limiterOf } from '../access/limiter.ts';
import type { Branch } from '../hall/branch.ts';
import { BranchUnknown } from '../hall/halls.ts';
import type { App } from '../http/app.ts';
import { askedLanguage } from '../http/asked-language.ts';
import type { HttpPorts } from '../http/ports.ts';
import { sayIn } from '../http/send-problem.ts';
import { senderOf } from '../http/sender-of.ts';
import { filled, pageLanguages, type WrittenPage } from '../visitors/page-parts.ts';
import { servePages } from '../visitors/serve-pages.ts';
import type { JoinPorts } from './join-ports.ts';
import { giveProof, phoneOf, provenPhone } from './join-proof.ts';
import { codeGuesses, phonesOfAddress, ticketsOfPhone } from './limits.ts';
import { agencyOffers, serviceOffers, servicesOf } from './offers.ts';
import { takeTicket } from './take-ticket.ts';
import {
  type About,
  addressOf,
  type JoinPage,
  type TakeForm,
  writeAgencies,
  writeJourney,
  writeNoHall,
  writeNotice,
  writeOwnTicket,
  writeService,
  writeServices,
} from './write-join-pages.ts';

/** An address may say a thing twice, and then it says neither. */
type Said = string | readonly string[] | undefined;

interface Asked {
  readonly Params: { readonly branchId: string };
  readonly Querystring: Readonly<Partial<Record<'code' | keyof About | 'language', Said>>>;
}

/**
 * The pages behind the code that the hall's screens show (S10): written here, so that they work in any browser. The code
 * is exchanged for a proof and leaves the address; a ticket is taken by POST alone (JOIN-3, JOIN-4).
 */
export const serveJoinPage = (app: App, httpPorts: HttpPorts): Promise<void> => {
  const { redis } = httpPorts;
  const ports: JoinPorts = {
    ...httpPorts,
    guesses: limiterOf(redis, codeGuesses),
    ofPhone: limiterOf(redis, ticketsOfPhone),
    ofAddress: limiterOf(redis, phonesOfAddress),
  };
  return servePages(app, 'join', (scope, shell) => {
    scope.get<Asked>('/join/:branchId', { schema: { hide: true } }, async (request, reply) => {
      const at = await placeOf(ports, shell, request, reply);
      if (!at) return reply;
      return request.query.code === undefined ? showPage(ports, at) : exchange(ports, at, oneOf(request.query.code));
    });
    scope.post<Asked>('/join/:branchId', { schema: { hide: true } }, async (request, reply) => {
      const at = await placeOf(ports, shell, request, reply);
      return at ? take(ports, at) : reply;
    });
  });
};

/** One request to a hall that lets phones join. */
interface Place {
  readonly request: FastifyRequest<Asked>;
  readonly reply: FastifyReply;
  readonly branch: Branch;
  readonly page: JoinPage;
  readonly send: (status: number, page: WrittenPage) => FastifyReply;
}

/** Where a request is; `null` when it was answered that there is nothing to join. */
const placeOf = async (
  ports: HttpPorts,
  shell: string,
  request: FastifyRequest<Asked>,
  reply: FastifyReply,
): Promise<Place | null> => {
  const send = (status: number, page: WrittenPage): FastifyReply =>
    reply.code(status).type('text/html; charset=utf-8').send(filled(shell, page));
  const branch = await branchOf(ports, request.params.branchId);
  const language = languageOf(request, branch?.setup.languages);
  const say = sayIn(language);
  if (!branch?.setup.rules.remoteJoining) {
    send(404, writeNoHall(language, say('kiosk.refused'), say('refusal.NO_REMOTE_JOINING')));
    return null;
  }
  const said = (['agency', 'service', 'journey'] as const).map((name) => [name, oneOf(request.query[name])] as const);
  const about: About = Object.fromEntries(said.filter(([, text]) => text !== ''));
  return { request, reply, branch, send, page: { setup: branch.setup, language, say, about } };
};

/** Throws what Postgres throws. */
const branchOf = async ({ halls }: HttpPorts, id: string): Promise<Branch | null> => {
  if (!new RegExp(idPattern).test(id)) return null;
  try {
    return await halls.branch(id as BranchId);
  } catch (error) {
    if (error instanceof BranchUnknown) return null;
    throw error;
  }
};

const oneOf = (said: Said): string => (typeof said === 'string' ? said : '');

/** The one chosen on the page, else the first that the browser asks for and the hall has, else the hall's own. */
const languageOf = (request: FastifyRequest<Asked>, hallLanguages?: readonly string[]): CatalogueLanguage => {
  const offered = hallLanguages ? pageLanguages(hallLanguages) : catalogueLanguages;
  const chosen = offered.find((one) => one === request.query.language);
  const asked = askedLanguage(request.headers['accept-language']);
  return chosen ?? offered.find((one) => one === asked) ?? offered[0] ?? 'en';
};

const exchange = async (ports: JoinPorts, at: Place, code: string): Promise<FastifyReply> => {
  const { request, reply, branch, page } = at;
  const now = ports.clock.now();
  // A right one before anything is counted: those of the same address keep nobody out.
  if (ports.joiningCodes.isGood(branch.id, code, now)) {
    giveProof(request, reply, ports.seal, branch.id, now);
    return reply.redirect(addressOf(page, page.about), 303);
  }
  const waitSeconds = await countOne(ports.guesses, senderOf(request));
  return waitSeconds > 0 ? tooMany(at, waitSeconds) : scanAgain(at);
};

const scanAgain = ({ send, page }: Place): FastifyReply =>
  send(403, writeNotice(page, page.say('join.scanAgain'), page.say('join.scanAgainHint')));

const tooMany = ({ send, reply, page }: Place, waitSeconds: number): FastifyReply => {
  void reply.header('retry-after', waitSeconds);
  return send(429, writeNotice(page, page.say('join.scanAgain'), page.say('refusal.TOO_MANY_TRIES', { waitSeconds })));
};

const showPage = async (ports: JoinPorts, at: Place): Promise<FastifyReply> => {
  const { request, branch, page, send } = at;
  const now = ports.clock.now();
  const phone = phoneOf(request);
  const own = phone === null ? undefined : ticketOfPhone(branch.hall, codeOfPhone(ports, branch.id, phone));
  if (own) return send(200, writeOwnTicket(page, own.number, linkOf(ports, page, own.id)));
  if (provenPhone(request, ports.seal, branch.id, now) === null) return scanAgain(at);
  if (!branch.hall.day?.isOpen) {
    const opensAt = nextOpening(branch.hall, branch.setup, now) ?? undefined;
    const opening = sayHallOpening(page.say, opensAt, branch.setup.zone, now);
    return send(200, writeNotice(page, page.say('kiosk.closed'), opening, page.say('kiosk.closedHint')));
  }
  const wanted = wantedOf(at);
  if (wanted) return send(200, await checkPage(ports, at, wanted, { commandId: newCommandId() }, now));
  const services = servicesOf(branch, page.about.agency as AgencyId);
  if (services.length > 0) return send(200, writeServices(page, await serviceOffers(ports, branch, services, now)));
  return send(200, writeAgencies({ ...page, about: {} }, agencyOffers(branch, now)));
};

const take = async (ports: JoinPorts, at: Place): Promise<FastifyReply> => {
  const { request, reply, branch, page, send } = at;
  const now = ports.clock.now();
  const phone = provenPhone(request, ports.seal, branch.id, now);
  const wanted = wantedOf(at);
  if (phone === null || !wanted || isForeign(request)) return showPage(ports, at);
  const takenWith = codeOfPhone(ports, branch.id, phone);
  const taken = await takeTicket(ports, {
    branch,
    wanted,
    takenWith,
    page,
    form: request.body,
    address: senderOf(request),
  });
  if (taken.kind === 'ticket') return reply.redirect(linkOf(ports, page, taken.ticketId), 303);
  const own = ticketOfPhone(branch.hall, takenWith);
  if (own) return send(409, writeOwnTicket(page, own.number, linkOf(ports, page, own.id)));
  if (taken.waitSeconds !== undefined) void reply.header('retry-after', taken.waitSeconds);
  // What may have been done is asked for again under the same id.
  const form = { commandId: taken.repeats ?? newCommandId(), priority: taken.priority, notice: taken.notice };
  return send(taken.status, await checkPage(ports, at, wanted, form, now));
};

/** What the address names of what the hall has. */
const wantedOf = ({ branch: { setup }, page: { about } }: Place): Service | Journey | undefined =>
  setup.services.get(about.service as ServiceId) ?? setup.journeys.get(about.journey as JourneyId);

/** Throws what Postgres throws. */
const checkPage = async (
  ports: JoinPorts,
  { branch, page }: Place,
  wanted: Service | Journey,
  form: TakeForm,
  now: number,
): Promise<WrittenPage> => {
  if ('steps' in wanted) return writeJourney(page, wanted, form);
  const [offer] = await serviceOffers(ports, branch, [wanted], now);
  return writeService(page, offer!, form);
};

/**
 * Another site's form: browsers that say so are believed, and the others send it without our cookies. Not by `Origin`:
 * from pages that tell no referrer it is `null`.
 */
const isForeign = ({ headers }: FastifyRequest): boolean => {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin';
};

/** What stands for a phone in the ledger: longer than any document's number may be, so never somebody's (ISSUE-5). */
const codeOfPhone = ({ holderCode }: HttpPorts, branchId: BranchId, phone: string): string =>
  holderCode(branchId, `phone ${phone}`);

const linkOf = ({ links }: HttpPorts, { language }: JoinPage, ticketId: TicketId): string =>
  `/v/${links.tokenOf(ticketId)}?language=${language}`;
