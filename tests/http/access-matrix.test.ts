import { type Permission, permissions } from '@antrean/shared/domain/permissions.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask } from './ask.ts';
import { roles, signedIn } from './people.ts';
import { addressOf, bodyOf, listRoutes, type Route } from './route-list.ts';

/** What each route asks for. `public`: nothing; `session`: answers by itself whether somebody is signed in. */
const needs: Readonly<Record<string, Permission | 'public' | 'session'>> = {
  health: 'public',
  ready: 'public',
  showSetUp: 'public',
  setUp: 'public',
  signIn: 'public',
  signOut: 'public',
  showMe: 'session',
  noteActivity: 'session',
  changePassword: 'session',
  listSessions: 'session',
  endSession: 'session',
  listStaff: 'staff:manage',
  addStaff: 'staff:manage',
  changeStaff: 'staff:manage',
  resetPassword: 'staff:manage',
  endStaffSessions: 'staff:manage',
  listBranches: 'branch:read',
  showBranch: 'branch:read',
  showBoard: 'branch:read',
  showWaits: 'branch:read',
  simulateRules: 'branch:simulate',
  issueTicket: 'ticket:issue',
  showTicket: 'ticket:read',
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
  listVoid: 'ticket:void',
  reassignTickets: 'ticket:reassign',
  listKept: 'ticket:reassign',
};

let hall: TestHall;
let address: string;
let routes: Route[];
const cookies: Partial<Record<(typeof roles)[number], string>> = {};

beforeAll(async () => {
  hall = await startTestHall();
  address = hall.nodes[0]!.address;
  await importBlueprint(hall.sql, { ...plainHall, branch: 'other' });
  routes = await listRoutes(address);
  for (const role of roles) {
    cookies[role] = await signedIn(hall.sql, address, { login: role, role, branchId: hall.branchId });
  }
});
afterAll(() => hall?.stop());

test('every route of the running server has its row, and every row its route', () => {
  expect(routes.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(needs).sort());
});

const isKeptOut = ({ status, body }: Answer): boolean =>
  [401, 403].includes(status) && ['SIGN_IN_NEEDED', 'NOT_ALLOWED'].includes(String(body?.code));

test('each role gets in where the table of permissions says so, and nowhere else', async () => {
  let cells = 0;
  for (const role of ['visitor', ...roles] as const) {
    for (const route of routes) {
      const need = needs[route.operationId]!;
      if (need === 'public' || need === 'session') continue;
      const cookie = role === 'visitor' ? undefined : cookies[role];
      const answer = await ask(`${address}${addressOf(route, hall.branchId)}`, route.method, {
        ...(cookie && { headers: { cookie } }),
        ...(route.method === 'POST' && { body: bodyOf(route.operationId) }),
      });
      const place = `${role} ${route.operationId}: ${answer.status} ${answer.text.slice(0, 120)}`;
      expect(!isKeptOut(answer), place).toBe(permissions[role][need]);
      if (isKeptOut(answer)) expect(answer.status, place).toBe(role === 'visitor' ? 401 : 403);
      cells += 1;
    }
  }
  console.log(`${cells} cells of role × route looked at`);
  expect(cells).toBeGreaterThan(70);
});

test('[APPT-1] whoever says that a visitor has an appointment may do so by the table', async () => {
  for (const role of ['visitor', ...roles] as const) {
    const answer = await ask(`${address}/v1/branches/${hall.branchId}/tickets`, 'POST', {
      ...(role !== 'visitor' && { headers: { cookie: cookies[role]! } }),
      body: { ...bodyOf('issueTicket'), bookedFor: Date.now() },
    });
    const place = `${role}: ${answer.status} ${answer.text}`;
    expect(!isKeptOut(answer), place).toBe(permissions[role]['ticket:check-in']);
    if (isKeptOut(answer)) expect([answer.status, answer.body?.code], place).toEqual([401, 'SIGN_IN_NEEDED']);
  }
});

test('staff of one branch find nothing of another: as if it were not there', async () => {
  for (const role of roles) {
    for (const route of routes.filter(({ path }) => path.includes('{branchId}'))) {
      const need = needs[route.operationId] as Permission;
      // What any visitor may do is open to staff too, wherever they work.
      if (permissions.visitor[need] && route.operationId !== 'cancelTicket') continue;
      const answer = await ask(`${address}${addressOf(route, 'other')}`, route.method, {
        headers: { cookie: cookies[role]! },
        ...(route.method === 'POST' && { body: bodyOf(route.operationId) }),
      });
      const place = `${role} ${route.operationId}: ${answer.text}`;
      if (permissions[role][need]) expect([answer.status, answer.body?.code], place).toEqual([404, 'BRANCH_UNKNOWN']);
      else expect([answer.status, answer.body?.code], place).toEqual([403, 'NOT_ALLOWED']);
    }
  }
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
