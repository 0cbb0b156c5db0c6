import { createStaff } from '@antrean/server/access/create-staff.ts';
import type { App } from '@antrean/server/http/app.ts';
import { issueIdOf } from '@antrean/server/hall/derive-command-id.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Sql } from 'postgres';
import { plainBranch, plainHall } from '../harness/plain-hall.ts';
import { Random } from '../simulation/random.ts';
import { uuidOf } from './values-of-schema.ts';

/** In texts of the other hall that its visitors may read, and in no answer about this one. */
export const foreignPublic = 'foreign-public-text';
/** In texts of the other hall that nobody from here may read. */
export const foreignSecret = 'foreign-secret-text';
/** In texts of this hall that its staff may read, and no visitor. */
export const houseSecret = 'house-secret-text';

export const otherBranch = 'other';

/** Who throws: nobody in particular, and each role with an account for this hall only. */
export const roles = ['visitor', 'agent', 'floor-walker', 'manager', 'administrator', 'auditor'] as const;
type StaffRole = Exclude<(typeof roles)[number], 'visitor'>;

/** One command of those that put the hall in order. */
type Act = readonly [
  branch: string,
  path: string,
  body?: { readonly commandId?: string; readonly [field: string]: unknown },
];

const agents = ['agent', 'victim-1', 'victim-2'];
const ticketsATurn = 8;

const hall: Blueprint = {
  ...plainHall,
  languages: ['en', 'id'],
  name: { en: 'Hall', id: 'Aula' },
  agencies: [{ id: 'A', name: { en: 'Agency', id: 'Dinas' } }],
  services: plainHall.services.map((service, index) => ({
    ...service,
    name: { en: service.name.en ?? '', id: service.name.en ?? '' },
    ...(index === 4 && { onePerHolder: true }),
    ...(index === 5 && { quota: 1 }),
  })),
  priorities: [{ id: 'elderly', name: { en: 'Elderly', id: 'Lansia' }, headStartMinutes: 20 }],
  journeys: [{ id: 'J', name: { en: 'Journey', id: 'Alur' }, steps: [['S-0'], ['S-1', 'S-2']], source: 'tests' }],
  rules: { ...plainHall.rules, agentsMayChoose: true, confirmsArrival: true },
};
const foreign: Blueprint = {
  ...plainHall,
  branch: otherBranch,
  name: { en: foreignPublic },
  agencies: [{ id: 'A', name: { en: foreignPublic } }],
};

/** Two halls on one node with accounts, people in line and secrets to guard; put in order again and again. */
export class AbusedHall {
  /** By the name of the field or parameter that takes one. */
  readonly known = {
    branchId: [...Array<string>(8).fill(plainBranch), otherBranch, 'nowhere'],
    counterId: ['C-1', 'C-1', 'C-2', 'C-3', 'C-4', 'C-99'],
    ticketId: [] as string[],
    serviceId: ['S-0', 'S-1', 'S-2', 'S-4', 'S-5', 'S-99'],
    journeyId: ['J', 'nothing'],
    priority: ['elderly', 'nobody'],
    language: ['en', 'id', 'tlh'],
    agentId: ['agent', 'victim-1', 'foreign-agent', 'nobody'],
    toAgentId: ['agent', 'victim-2', 'foreign-agent'],
    staffId: ['victim-1', 'victim-2', 'foreign-agent', 'nobody'],
    login: ['agent', 'victim-1', 'foreign-agent', 'nobody'],
    sessionId: [] as string[],
    run: ['A1-2', 'B1-99999'],
    prefix: ['A', 'B', 'ZZ'],
    outcome: ['served', 'a copy is missing'],
  };
  readonly cookies: Partial<Record<(typeof roles)[number] | 'chief', string>> = {};
  /** How many it has issued itself. */
  tickets = 0;
  /** Commands that putting it in order sent itself. */
  readonly commandIds = new Set<string>();
  readonly #app: App;
  readonly #sql: Sql;
  readonly #seed: number;
  readonly #passwords = new Map<string, string>();

  constructor(app: App, sql: Sql, seed: number) {
    this.#app = app;
    this.#sql = sql;
    this.#seed = seed;
  }

  static async make(sql: Sql): Promise<void> {
    await importBlueprint(sql, hall);
    await importBlueprint(sql, foreign);
  }

  async hire(): Promise<void> {
    const add = async (login: string, role: StaffRole, branchId: string | null, displayName: string) =>
      this.#passwords.set(login, await createStaff(this.#sql as never, { login, role, branchId, displayName }));
    for (const role of roles.slice(1) as StaffRole[]) await add(role, role, plainBranch, houseSecret);
    for (const login of ['victim-1', 'victim-2']) await add(login, 'agent', plainBranch, houseSecret);
    await add('foreign-agent', 'agent', otherBranch, foreignSecret);
    await add('chief', 'manager', null, foreignSecret);
  }

  /** Whoever was signed out - that was one of the inputs - is signed in again. */
  async keepSignedIn(): Promise<void> {
    await Promise.all((['chief', ...roles.slice(1)] as const).map((login) => this.#keep(login as StaffRole | 'chief')));
  }

  async #keep(login: StaffRole | 'chief'): Promise<void> {
    const cookie = this.cookies[login];
    if (cookie && (await this.#ask('GET', '/v1/me', cookie)).statusCode === 200) return;
    const answer = await this.#ask('POST', '/v1/sign-in', undefined, { login, password: this.#passwords.get(login) });
    const [given] = [answer.headers['set-cookie']].flat();
    if (!given) throw new Error(`${login} cannot sign in: ${answer.statusCode} ${answer.payload}`);
    this.cookies[login] = given.split(';')[0]!;
  }

  /** An open day, counters with their agents, tickets in every state and with secrets, before each route's turn. */
  async putInOrder(turn: number): Promise<void> {
    await this.keepSignedIn();
    const random = new Random(Math.imul(this.#seed, 31) + turn);
    const asked = Array.from({ length: ticketsATurn }, () => uuidOf(random));
    const branchOf = (index: number): string => (index < ticketsATurn - 1 ? plainBranch : otherBranch);
    const tickets = asked.map((id, index) => issueIdOf(branchOf(index) as BranchId, id as CommandId) as string);
    this.known.ticketId = tickets;
    this.tickets += tickets.length;
    const ofTickets = (made: (id: string, index: number, branch: string) => Act | undefined): Act[] =>
      tickets.map((id, index) => made(id, index, branchOf(index))).filter((act) => act !== undefined);
    const ofCounters = (act: string): Act[] =>
      agents.map((_, index) => [plainBranch, `/counters/C-${index + 1}/${act}`]);
    const secretOf = (branch: string): string => (branch === plainBranch ? houseSecret : foreignSecret);
    for (const acts of [
      [plainBranch, otherBranch].map((branch): Act => [branch, '/day/open']),
      agents.map((agentId, index): Act => [plainBranch, `/counters/C-${index + 1}/open`, { agentId }]),
      ofTickets((_, index, branch) => [branch, '/tickets', { commandId: asked[index]!, serviceId: `S-${index % 3}` }]),
      ofCounters('start'),
      ofCounters('finish'),
      ofCounters('call-next'),
      ofTickets((id, index, branch) =>
        index % 2 ? [branch, `/tickets/${id}/note`, { note: secretOf(branch) }] : undefined,
      ),
      ofTickets((id, index, branch) =>
        index % 3 ? undefined : [branch, `/tickets/${id}/hold`, { reason: secretOf(branch), minutes: 240 }],
      ),
    ]) {
      await Promise.all(acts.map((act) => this.#command(act, random)));
    }
    const mine = await this.#ask('GET', '/v1/me/sessions', this.cookies.agent);
    this.known.sessionId = (JSON.parse(mine.payload) as { id: string }[]).map(({ id }) => id);
  }

  /** What of the set-up no request may ever change, and the account of the other hall. */
  async lasting(): Promise<unknown> {
    const [account] = await this.#sql`select * from staff where id = 'foreign-agent'`;
    const halls = await Promise.all(
      [plainBranch, otherBranch].map((id) => this.#ask('GET', `/v1/branches/${id}`, undefined)),
    );
    return { account, halls: halls.map(({ payload }) => payload) };
  }

  async #command([branch, path, body]: Act, random: Random): Promise<void> {
    const sent = { commandId: uuidOf(random), ...body };
    const answer = await this.#ask('POST', `/v1/branches/${branch}${path}`, this.cookies.chief, sent);
    // What the inputs of the turn before have left may stand in the way.
    if (answer.statusCode >= 500) throw new Error(`${path}: ${answer.payload}`);
    const isIssue = path === '/tickets';
    if (answer.statusCode < 300) {
      this.commandIds.add(isIssue ? issueIdOf(branch as BranchId, sent.commandId as CommandId) : sent.commandId);
    }
  }

  #ask(method: 'GET' | 'POST', url: string, cookie: string | undefined, payload?: object) {
    // From an address of its own: the one that throws is soon made to wait with its passwords.
    return this.#app.inject({
      method,
      url,
      remoteAddress: '10.0.0.1',
      headers: { ...(cookie && { cookie }) },
      ...(payload && { payload }),
    });
  }
}
