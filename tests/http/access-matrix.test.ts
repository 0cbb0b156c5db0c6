import { randomUUID } from 'node:crypto';
import {
  mayAct,
  mayBeOfAgency,
  type Permission,
  type Principal,
  staffRoles,
  visitor,
} from '@antrean/shared/domain/permissions.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainHall, twoAgencies } from '../harness/plain-hall.ts';
import { letIn } from '../harness/let-in.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask } from './ask.ts';
import { signedIn } from './people.ts';
import { addressOf, bodyOf, listRoutes, type Route } from './route-list.ts';

/** What each route asks for. `public`: nothing; `session`: answers by itself whether somebody is signed in. */
const needs: Readonly<Record<string, Permission | 'public' | 'session'>> = {
  health: 'public',
  ready: 'public',
  takePolicyReport: 'public',
  showSetUp: 'public',
  setUp: 'public',
  signIn: 'public',
  signInCode: 'public',
  showSignIn: 'public',
  startOidc: 'public',
  finishOidc: 'public',
  signOut: 'public',
  showMe: 'session',
  noteActivity: 'session',
  changePassword: 'session',
  showFactor: 'session',
  beginFactor: 'session',
  confirmFactor: 'session',
  renewRecoveryCodes: 'session',
  removeFactor: 'session',
  listSessions: 'session',
  endSession: 'session',
  listStaff: 'staff:manage',
  addStaff: 'staff:manage',
  changeStaff: 'staff:manage',
  resetPassword: 'staff:manage',
  resetFactor: 'staff:manage',
  endStaffSessions: 'staff:manage',
  beginPairing: 'public',
  showDevice: 'public',
  reportHealth: 'session',
  answerSoundTest: 'session',
  listDevices: 'device:manage',
  showPairing: 'device:manage',
  approveDevice: 'device:manage',
  changeDevice: 'device:manage',
  revokeDevice: 'device:manage',
  testSound: 'device:manage',
  callStaff: 'help:call',
  listHelpCalls: 'floor:read',
  answerHelpCall: 'help:answer',
  callColleagues: 'counter:open',
  listAlerts: 'alert:read',
  snoozeAlert: 'alert:snooze',
  listAlertSubscribers: 'setup:change',
  addAlertSubscriber: 'setup:change',
  addAlertWebhook: 'setup:change',
  removeAlertSubscriber: 'setup:change',
  testAlertSubscriber: 'setup:change',
  listReportSubscribers: 'setup:change',
  addReportSubscriber: 'setup:change',
  removeReportSubscriber: 'setup:change',
  sendReportNow: 'setup:change',
  listAudit: 'audit:read',
  exportAudit: 'audit:read',
  showVisit: 'public',
  showPaper: 'public',
  giveContact: 'public',
  askPush: 'public',
  stopPush: 'public',
  showOwnContact: 'public',
  eraseOwnContact: 'public',
  countContacts: 'person:manage',
  exportContacts: 'person:manage',
  eraseContacts: 'person:manage',
  cancelVisit: 'public',
  takeBackVisit: 'public',
  rejoinVisit: 'public',
  postponeVisit: 'public',
  returnVisit: 'public',
  rateVisit: 'public',
  answerSurvey: 'public',
  showSatisfaction: 'satisfaction:read',
  exportSatisfaction: 'satisfaction:read',
  showReport: 'report:read',
  showToday: 'report:read',
  showUsual: 'report:read',
  exportReport: 'report:read',
  exportReportSheet: 'report:read',
  exportLegs: 'report:read',
  listOutOfTurn: 'report:read',
  showCountryReport: 'report:read',
  exportCountryReport: 'report:read',
  exportCountryReportSheet: 'report:read',
  listBranches: 'branch:read',
  showBranch: 'branch:read',
  showBoard: 'branch:read',
  showWaits: 'branch:read',
  showJoiningCode: 'joining:show',
  showBlueprint: 'setup:read',
  exportBlueprint: 'setup:read',
  listRevisions: 'setup:read',
  showRevision: 'setup:read',
  previewBlueprint: 'setup:change',
  applyBlueprint: 'setup:change',
  addHall: 'hall:add',
  listFiles: 'setup:read',
  takePiece: 'setup:change',
  keepFile: 'setup:change',
  removeFile: 'setup:change',
  showFile: 'branch:read',
  simulateRules: 'branch:simulate',
  issueTicket: 'ticket:issue',
  showTicket: 'ticket:read',
  printTicket: 'ticket:print',
  givePaper: 'paper:take',
  tellPaper: 'paper:take',
  listPrinters: 'ticket:print',
  testPrinter: 'device:manage',
  cancelTicket: 'ticket:cancel',
  openDay: 'day:open',
  closeDay: 'day:close',
  openCounter: 'counter:open',
  pauseCounter: 'counter:pause',
  resumeCounter: 'counter:pause',
  closeCounter: 'counter:close',
  callNext: 'ticket:call',
  callTicket: 'ticket:call-this',
  showNext: 'floor:read',
  recall: 'ticket:call',
  start: 'ticket:call',
  finish: 'ticket:call',
  miss: 'ticket:call',
  holdTicket: 'ticket:move',
  returnTicket: 'ticket:move',
  transferTicket: 'ticket:move',
  addLeg: 'ticket:move',
  noteTicket: 'ticket:move',
  rejoinTicket: 'ticket:rejoin',
  endMissed: 'ticket:move',
  park: 'ticket:call',
  resumeTicket: 'ticket:call',
  undo: 'ticket:call',
  voidTickets: 'ticket:void',
  pauseService: 'service:pause',
  resumeService: 'service:pause',
  showMessage: 'message:show',
  hideMessage: 'message:show',
  changePriority: 'ticket:reclass',
  listVoid: 'ticket:void',
  findTicket: 'floor:read',
  showIssuing: 'ticket:void',
  reassignTickets: 'ticket:reassign',
  listKept: 'ticket:reassign',
  listDays: 'past:read',
  outlineDay: 'past:read',
  showPast: 'past:read',
  tellStory: 'past:read',
};

/** Routes that do not look who is signed in: what they answer is for everybody. */
const looksAtNobody = new Set(['listBranches', 'showBranch', 'showBoard', 'showWaits', 'showFile']);

let hall: TestHall;
let address: string;
let routes: Route[];

interface Person extends Principal {
  readonly cookie: string | undefined;
}
/** A visitor, devices of this hall and of the other, and each role with each scope that its account can have. */
const people: Person[] = [{ ...visitor, cookie: undefined }];

beforeAll(async () => {
  hall = await startTestHall({ blueprint: twoAgencies });
  address = hall.nodes[0]!.address;
  await importBlueprint(hall.sql, { ...plainHall, branch: 'other' });
  routes = await listRoutes(address);
  for (const branchId of [hall.branchId, 'other']) {
    const chief = hall.managers[0]!.headers;
    for (const kind of ['kiosk', 'display'] as const) {
      const { cookie } = await letIn(address, branchId, chief, { kind });
      people.push({ role: kind, branchId, agencyId: null, cookie });
    }
  }
  for (const role of staffRoles) {
    const scopes = [
      ...(role === 'agency-administrator'
        ? []
        : [null, hall.branchId].map((branchId) => ({ branchId, agencyId: null }))),
      ...(mayBeOfAgency(role) ? ['A', 'B'].map((agencyId) => ({ branchId: hall.branchId, agencyId })) : []),
    ];
    for (const scope of scopes) {
      const login = [role, scope.branchId ?? 'all', scope.agencyId ?? 'whole'].join('-');
      people.push({ role, ...scope, cookie: await signedIn(hall.sql, address, { login, role, ...scope }) });
    }
  }
});
afterAll(() => hall?.stop());

const isDevice = ({ role }: Principal): boolean => role === 'kiosk' || role === 'display';
const known = (): Person[] => people.filter(({ cookie }) => cookie !== undefined);

const nameOf = ({ role, branchId, agencyId }: Principal): string => `${role} of ${branchId}/${agencyId}`;

const asked = (route: Route, branchId: string, { cookie }: Person, named = {}): Promise<Answer> =>
  ask(`${address}${addressOf(route, branchId, named)}`, route.method, {
    ...(cookie && { headers: { cookie } }),
    ...(route.method === 'POST' && { body: bodyOf(route.operationId) }),
  });

test('every route of the running server has its row, and every row its route', () => {
  expect(routes.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(needs).sort());
});

const isKeptOut = ({ status, body }: Answer): boolean =>
  [401, 403].includes(status) && ['SIGN_IN_NEEDED', 'NOT_ALLOWED', 'OTHER_AGENCY'].includes(String(body?.code));

/** Whether what the route's address names - counter C-1, which is agency A's - is within somebody's scope. */
const isInReach = ({ path }: Route, { agencyId }: Principal): boolean =>
  agencyId !== 'B' || !path.includes('{counterId}');

test('[ALLOW-1] [ALLOW-2] [ALLOW-4] [DEVICE-3] each role gets in where table and scope say so, and nowhere else', async () => {
  let cells = 0;
  for (const person of people.filter(({ branchId }) => branchId !== 'other')) {
    for (const route of routes) {
      const need = needs[route.operationId]!;
      if (need === 'public' || need === 'session') continue;
      const answer = await asked(route, hall.branchId, person);
      const place = `${nameOf(person)} ${route.operationId}: ${answer.status} ${answer.text.slice(0, 120)}`;
      expect(!isKeptOut(answer), place).toBe(mayAct(person, need) && isInReach(route, person));
      if (isKeptOut(answer)) expect(answer.status, place).toBe(person.role === 'visitor' ? 401 : 403);
      cells += 1;
    }
  }
  console.log(`${cells} cells of role × scope × route looked at`);
  expect(cells).toBe(
    people.filter(({ branchId }) => branchId !== 'other').length *
      Object.values(needs).filter((need) => need !== 'public' && need !== 'session').length,
  );
});

test('[ALLOW-4] staff of one agency touch no ticket of another, nor a counter that both share', async () => {
  const visitorOf = async (serviceId: string): Promise<string> => {
    const commandId = randomUUID();
    const body = { commandId, serviceId };
    const answer = await ask(`${address}/v1/branches/${hall.branchId}/tickets`, 'POST', { body });
    expect(answer.status, answer.text).toBe(201);
    return (answer.body?.ticket as { id: string }).id;
  };
  await ask(`${address}/v1/branches/${hall.branchId}/day/open`, 'POST', {
    headers: hall.managers[0]!.headers,
    body: bodyOf('openDay'),
  });
  const theirs = { A: await visitorOf('S-0'), B: await visitorOf('S-B') };
  const ofTickets = routes.filter(({ path }) => path.includes('{ticketId}'));
  const ofCounters = routes.filter(({ path }) => path.includes('{counterId}'));
  expect([ofTickets.length, ofCounters.length].every((count) => count > 8)).toBe(true);
  let cells = 0;
  for (const person of known().filter(({ agencyId }) => agencyId !== null)) {
    const foreign = person.agencyId === 'A' ? theirs.B : theirs.A;
    for (const [route, named] of [
      ...ofTickets.map((route) => [route, { ticketId: foreign }] as const),
      ...ofTickets.map((route) => [route, { ticketId: foreign.toUpperCase() }] as const),
      ...ofCounters.map((route) => [route, { counterId: 'C-AB' }] as const),
    ]) {
      if (looksAtNobody.has(route.operationId) || !mayAct(person, needs[route.operationId] as Permission)) continue;
      const answer = await asked(route, hall.branchId, person, named);
      const place = `${nameOf(person)} ${route.operationId}: ${answer.text}`;
      expect([answer.status, answer.body?.code], place).toEqual([403, 'OTHER_AGENCY']);
      cells += 1;
    }
  }
  expect(cells).toBeGreaterThan(100);
  const [touched] = await hall.sql`select count(*)::int as count from ticket_event
    where branch_id = ${hall.branchId} and type not in ('day.opened', 'ticket.issued', 'setup.changed')
      and data->>'ticketId' in ${hall.sql([theirs.A, theirs.B])}`;
  expect(touched?.count).toBe(0);
});

test('[APPT-1] whoever says that a visitor has an appointment may do so by the table', async () => {
  for (const person of people.filter(({ branchId }) => branchId !== 'other')) {
    const answer = await ask(`${address}/v1/branches/${hall.branchId}/tickets`, 'POST', {
      ...(person.cookie && { headers: { cookie: person.cookie } }),
      body: { ...bodyOf('issueTicket'), bookedFor: Date.now() },
    });
    const place = `${nameOf(person)}: ${answer.status} ${answer.text}`;
    expect(!isKeptOut(answer), place).toBe(mayAct(person, 'ticket:check-in'));
  }
});

test('[DEVICE-3] staff and devices of one branch find nothing of another: as if it were not there', async () => {
  let cells = 0;
  for (const person of known().filter(({ branchId }) => branchId !== null)) {
    for (const route of routes.filter(({ path }) => path.includes('{branchId}'))) {
      if (looksAtNobody.has(route.operationId) && !isDevice(person)) continue;
      const need = needs[route.operationId] as Permission;
      const answer = await asked(route, person.branchId === 'other' ? hall.branchId : 'other', person);
      const place = `${nameOf(person)} ${route.operationId}: ${answer.text}`;
      if (mayAct(person, need)) expect([answer.status, answer.body?.code], place).toEqual([404, 'BRANCH_UNKNOWN']);
      else expect([answer.status, answer.body?.code], place).toEqual([403, 'NOT_ALLOWED']);
      cells += 1;
    }
  }
  expect(cells).toBeGreaterThan(200);
  const [events] =
    await hall.sql`select count(*)::int as count from ticket_event where branch_id = 'other' and actor->>'kind' <> 'timer'`;
  expect(events?.count).toBe(0);
});

test('staff without a branch of their own may work in every one', async () => {
  const cookie = await signedIn(hall.sql, address, { login: 'chief', role: 'manager', branchId: null });
  for (const branchId of [hall.branchId, 'other']) {
    const answer = await ask(`${address}/v1/branches/${branchId}/day/open`, 'POST', {
      headers: { cookie },
      body: bodyOf('openDay'),
    });
    expect([200, 409], answer.text).toContain(answer.status);
  }
});

test('a session that has ended is a visitor', async () => {
  const cookie = await signedIn(hall.sql, address, { login: 'leaver', role: 'agent', branchId: null });
  expect((await ask(`${address}/v1/me`, 'GET', { headers: { cookie } })).body).toMatchObject({ id: 'leaver' });
  expect((await ask(`${address}/v1/sign-out`, 'POST', { headers: { cookie } })).status).toBe(204);
  expect((await ask(`${address}/v1/me`, 'GET', { headers: { cookie } })).status).toBe(401);
});
