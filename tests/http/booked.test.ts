import { expectSound } from '../harness/expect-sound.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { signedIn } from './people.ts';

const minute = 60_000;
/** Its business day begins twelve hours from now: hours around now are of one day. */
const dayStartsAt = new Date(Date.now() + 12 * 60 * minute).toISOString().slice(11, 16);
const blueprint: Blueprint = {
  ...plainHall,
  zone: 'UTC',
  dayStartsAt,
  rules: { ...plainHall.rules, appointments: {} },
};

let hall: TestHall;
let manager: Api;
let reception: Api;
beforeAll(async () => {
  hall = await startTestHall({ blueprint });
  manager = hall.managers[0]!;
  const { address } = manager;
  const cookie = await signedIn(hall.sql, address, { login: 'rani', role: 'agent', branchId: hall.branchId });
  reception = apiOf(address, hall.branchId, { cookie });
  expect((await manager.post('/day/open')).status).toBe(200);
  expect((await manager.post('/counters/C-1/open', { agentId: 'adi' })).status).toBe(200);
});
afterAll(() => hall?.stop());

const versionOf = async (): Promise<number> => Number((await hall.sql`select version from branch_head`)[0]?.version);

const checkIn = async (minutesFromNow: number, serviceId = 'S-0') => {
  const bookedFor = Date.now() + minutesFromNow * minute;
  const answer = await reception.post('/tickets', { serviceId, bookedFor, channel: 'reception' });
  expect(answer).toMatchObject({ status: 201 });
  return { ...(answer.body.ticket as { id: string; number: string; ahead: number; place: string }), bookedFor };
};

test('[APPT-2] [APPT-5] a visitor who is checked in before the hour is called after whoever came before it, and why', async () => {
  const booked = await checkIn(20);
  expect(booked).toMatchObject({ place: 'booked', ahead: 0 });
  const walkIn = (await manager.post('/tickets', { serviceId: 'S-0' })).body.ticket as { id: string; ahead: number };
  expect(walkIn).toMatchObject({ ahead: 0 });
  expect(walkIn).not.toHaveProperty('place');
  await waitUntil('the live line has them in that order', async () => {
    const ahead = async ({ id }: { id: string }) => (await manager.get(`/tickets/${id}`)).body.ahead;
    return (await ahead(walkIn)) === 0 && (await ahead(booked)) === 1;
  });
  const board = (await hall.visitors[0]!.get('/board')).body.entries as [string, { since: number }][];
  expect(new Map(board).get('line/S-0')!.since).toBeLessThanOrEqual(Date.now());
  const next = async () => (await manager.post('/counters/C-1/call-next')).body.ticket;
  expect(await next()).toMatchObject({ id: walkIn.id });
  const { bookedFor } = booked;
  expect(await next()).toMatchObject({
    id: booked.id,
    waitedMs: 0,
    why: { rule: 'longest-wait', waitedMs: 0, bookedFor },
  });
});

test('[APPT-3] whoever comes too late is a walk-in, and the answer says so', async () => {
  expect(await checkIn(-9)).toMatchObject({ place: 'booked' });
  expect(await checkIn(-11)).toMatchObject({ place: 'walk-in' });
});

test.each([
  [31, 'CHECK_IN_TOO_EARLY'],
  [13 * 60, 'BOOKED_FOR_ANOTHER_DAY'],
])(
  '[APPT-1] [REFUSE-1] %i minutes before the hour the answer is %s, in words, and nothing happens',
  async (minutes, code) => {
    const before = await versionOf();
    const sentences = new Set<unknown>();
    for (const language of ['en', 'id', 'az', 'ru']) {
      const desk = apiOf(manager.address, hall.branchId, { ...reception.headers, 'accept-language': language });
      const answer = await desk.post('/tickets', { serviceId: 'S-0', bookedFor: Date.now() + minutes * minute });
      expect(answer).toMatchObject({ status: 409, body: { code, message: expect.stringMatching(/^[^{}]{20,}$/) } });
      sentences.add(answer.body.message);
    }
    expect(sentences.size).toBe(4);
    expect(await versionOf()).toBe(before);
  },
);

test('[APPT-1] [ALLOW-1] a kiosk cannot say that somebody has an appointment', async () => {
  const before = await versionOf();
  const answer = await hall.visitors[0]!.post('/tickets', { serviceId: 'S-0', bookedFor: Date.now() });
  expect(answer).toMatchObject({ status: 401, body: { code: 'SIGN_IN_NEEDED' } });
  expect(await versionOf()).toBe(before);
});

test.each(['2026-08-18T10:00:00Z', -1, 1.5, 253_402_300_800_000, null])('[APPT-1] %j is no hour', async (bookedFor) => {
  const answer = await reception.post('/tickets', { serviceId: 'S-0', bookedFor });
  expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID' } });
});

test('[APPT-1] the earliest and the latest hour there is are of another day', async () => {
  for (const bookedFor of [0, 253_402_300_799_999]) {
    const answer = await reception.post('/tickets', { serviceId: 'S-0', bookedFor });
    expect(answer).toMatchObject({ status: 409, body: { code: 'BOOKED_FOR_ANOTHER_DAY' } });
  }
});

test('[APPT-2] ledger, lines and every screen are sound after all this', async () => {
  await expectSound(hall);
});
