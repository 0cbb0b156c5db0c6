import { randomUUID } from 'node:crypto';
import { examineLedger } from '@antrean/server/doctor/examine-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchView } from '@antrean/shared/protocol/branch.ts';
import { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import { TicketView } from '@antrean/shared/protocol/ticket.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Api } from '../harness/api.ts';
import { expectSound } from '../harness/expect-sound.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

const steps = [['S-0'], ['S-1', 'S-2', 'S-3'], ['S-4']];
const journeys = [{ id: 'newborn', name: { en: 'Newborn' }, steps, source: 'made for tests' }];
const counters = ['S-0', 'S-1', 'S-2'].map((service, index) => ({
  id: `C-${index + 1}`,
  number: index + 1,
  serves: { services: [service] },
}));
const rest = { id: 'C-9', number: 9, serves: { services: plainHall.services.slice(3).map(({ id }) => id) } };

let hall: TestHall;
let manager: Api;
let visitor: Api;
beforeAll(async () => {
  hall = await startTestHall({ blueprint: { ...plainHall, journeys, counters: [...counters, rest] } });
  [manager] = hall.managers as [Api];
  [visitor] = hall.visitors as [Api];
  await manager.post('/day/open');
  for (const { id } of counters) await manager.post(`/counters/${id}/open`, { agentId: `of-${id}` });
});
afterAll(() => hall?.stop());

test('[JOURNEY-1] everybody may read which journeys there are', async () => {
  const { body } = await visitor.get('');
  expect(Value.Check(BranchView, body)).toBe(true);
  expect((body as unknown as BranchView).journeys).toEqual([{ id: 'newborn', name: { en: 'Newborn' }, steps }]);
});

test('[JOURNEY-1] [JOURNEY-3] [LEG-3] a ticket for a journey, answered the same however often, moves and says what is left', async () => {
  for (let each = 0; each < 3; each++) await visitor.post('/tickets', { serviceId: 'S-1' });
  await manager.post('/counters/C-2/call-next');
  const commandId = randomUUID();
  const asked = { commandId, journeyId: 'newborn' };
  const issued = await visitor.post('/tickets', asked);
  expect(issued).toMatchObject({
    status: 201,
    body: {
      ticket: {
        number: 'A001',
        serviceId: 'S-0',
        legs: [...steps[1]!.map((serviceId) => ({ serviceId, step: 1 })), { serviceId: 'S-4', step: 2 }],
      },
    },
  });
  expect(Value.Check(CommandAnswer, issued.body)).toBe(true);
  expect((await visitor.post('/tickets', asked)).body).toEqual(issued.body);

  await manager.post('/counters/C-1/call-next');
  const left = [
    { serviceId: 'S-1', step: 1 },
    { serviceId: 'S-3', step: 1 },
    { serviceId: 'S-4', step: 2 },
  ];
  // Two wait for S-1, nobody for S-2, and nobody is there for S-3.
  expect((await manager.post('/counters/C-1/finish')).body).toMatchObject({
    ticket: { number: 'A001', serviceId: 'S-2', status: 'waiting', legs: left },
  });
  const shown = await manager.get(`/tickets/${(issued.body.ticket as { id: string }).id}`);
  expect(shown.body).toMatchObject({ number: 'A001', serviceId: 'S-2', ahead: 0, legs: left });
  expect(Value.Check(TicketView, shown.body)).toBe(true);
  const [row] = await hall.sql`select data from ticket_event where type = 'ticket.went-on'`;
  expect((row?.['data'] as { among: object[] }).among).toMatchObject([
    { serviceId: 'S-1' },
    { serviceId: 'S-2', waitMs: 5_000 },
    { serviceId: 'S-3', waitMs: null },
  ]);
  await manager.post('/counters/C-3/call-next');
  expect((await manager.post('/counters/C-3/undo')).body).toMatchObject({
    ticket: { serviceId: 'S-2', status: 'waiting' },
  });
  await expectSound(hall);
});

test('[JOURNEY-3] the doctor names a choice that rests on a wait which was not so', async () => {
  await hall.sql`update ticket_event set data = replace(data::text, '"waitMs":5000', '"waitMs":4000')::json
    where type = 'ticket.went-on'`;
  const examined = await examineLedger(hall.sql, hall.branchId as BranchId);
  expect(examined.findings.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/ticket A001 was to wait 4000 ms for S-2, but it was 5000$/),
  );
});

test('[JOURNEY-1] neither or both of service and journey is a wrong request; an unknown journey is refused', async () => {
  for (const body of [{}, { serviceId: 'S-0', journeyId: 'newborn' }, { journeyId: '../x' }]) {
    expect(await visitor.post('/tickets', body)).toMatchObject({ status: 400, body: { code: 'INVALID' } });
  }
  expect(await visitor.post('/tickets', { journeyId: 'moonlight' })).toMatchObject({
    status: 404,
    body: { code: 'JOURNEY_UNKNOWN' },
  });
});
