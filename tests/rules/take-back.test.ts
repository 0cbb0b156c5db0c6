import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import { startMeasure } from '@antrean/shared/domain/what-if/measure-waits.ts';
import { startPlan } from '@antrean/shared/domain/what-if/plan-day.ts';
import { expect, test } from 'vitest';
import { at, counterId, kiosk, manager, serviceId, Story, storyWith, typesOf } from './story.ts';

const c1 = { counterId: counterId('c1') };
const visitor = { kind: 'visitor' } as const;
const seconds = (count: number): number => count * 1_000;
const open = ['waiting', 'called', 'serving', 'held', 'parked', 'missed'] as const;

const leave = (story: Story, { id }: Ticket, time: string) =>
  story.tell('cancel-ticket', { ticketId: id }, at(time), visitor);
const takeBack = (story: Story, { id }: Ticket, now: number) =>
  story.tell('take-back-ticket', { ticketId: id }, now, visitor);
const refusal = (story: Story, { id }: Ticket, now: number) =>
  story.refusal('take-back-ticket', { ticketId: id }, now, visitor);
/** The day comes to its end, and the check of ledgers finds nothing wrong with it. */
const expectSound = (story: Story): void => {
  if (story.hall.day?.isOpen) story.tell('close-day', {}, at('16:00'));
  expect(checkLedger('hall' as BranchId, story.events)).toEqual([]);
};

for (const status of open) {
  test(`[UNDO-2] who left while ${status} takes it back: everything stands as before`, () => {
    const { story, ticket } = storyWith(status, { rejoin: { times: 2, late: 'end-of-line' } });
    story.issue('tax', '09:10');
    const before = story.hall;
    leave(story, ticket, '09:20');
    expect(story.ticket(ticket.id)).toMatchObject({ status: 'cancelled', counterId: null });
    const [undone, ...more] = takeBack(story, ticket, at('09:20') + seconds(15));
    expect(undone).toMatchObject({ type: 'ticket.undone', data: { action: 'cancel', status, number: 'A001' } });
    expect(more).toEqual([]);
    const { hall } = story;
    for (const map of ['tickets', 'waiting', 'lines', 'aside', 'holders', 'issuedFor'] as const) {
      expect(hall[map].toArray(), map).toEqual(before[map].toArray());
    }
    expect(hall.totals).toEqual(before.totals);
    expect(hall.recentCalls).toEqual(before.recentCalls);
    expect(hall.counters.get(c1.counterId)?.ticketId).toBe(before.counters.get(c1.counterId)?.ticketId);
    expect(refusal(story, ticket, at('09:20') + seconds(15))).toEqual({
      code: 'NOT_LEFT',
      details: { ticketId: ticket.id, number: 'A001' },
    });
    expectSound(story);
  });
}

test('[UNDO-2] hour, class, phone and document stay with the ticket', () => {
  const story = new Story(
    { appointments: { earlyMs: seconds(1_200), lateMs: 0 } },
    { services: { land: { onePerHolder: true } } },
  );
  story.openDay().openCounter();
  const data = { serviceId: serviceId('land'), priority: null, channel: 'phone', language: null } as const;
  const codes = { bookedFor: at('09:10'), holder: 'x', takenWith: 'p' };
  const [issued] = story.tell('issue-ticket', { ...data, ...codes }, at('09:00'), kiosk);
  const ticket = story.ticket((issued as { data: { ticketId: Ticket['id'] } }).data.ticketId);
  const before = story.hall;
  leave(story, ticket, '09:05');
  expect(story.hall.holders.size).toBe(0);
  takeBack(story, ticket, at('09:05') + seconds(9));
  expect(story.ticket(ticket.id)).toEqual(ticket);
  expect(story.hall.holders.toArray()).toEqual(before.holders.toArray());
  // What they gave up is not taken back from whoever has it meanwhile.
  leave(story, ticket, '09:06');
  const other = { ...data, serviceId: serviceId('tax') };
  const [second] = story.tell('issue-ticket', { ...other, takenWith: 'p' }, at('09:06'), kiosk);
  expect(refusal(story, ticket, at('09:06') + seconds(5)).code).toBe('PHONE_HAS_TICKET');
  story.tell(
    'cancel-ticket',
    { ticketId: (second as typeof issued & { data: { ticketId: Ticket['id'] } }).data.ticketId },
    at('09:06'),
  );
  story.tell('issue-ticket', { ...data, holder: 'x' }, at('09:06'), kiosk);
  expect(refusal(story, ticket, at('09:06') + seconds(5)).code).toBe('HOLDER_HAS_TICKET');
  expectSound(story);
});

test('[UNDO-2] not where the quota has become full, unless the ticket had been called', () => {
  for (const isCalled of [false, true]) {
    const story = new Story({}, { services: { tax: { quota: 1 } } }).openDay().openCounter();
    const ticket = story.issue('tax', '09:00');
    if (isCalled) story.callNext('c1', '09:01');
    leave(story, ticket, '09:01');
    if (!isCalled) story.issue('tax', '09:01');
    const answer = story.ask('take-back-ticket', { ticketId: ticket.id }, at('09:01') + seconds(5), visitor);
    expect(answer).toMatchObject(
      isCalled ? { accepted: true } : { accepted: false, refusal: { code: 'SERVICE_FULL' } },
    );
  }
});

test('[UNDO-2] for ten seconds and five on the way, not after the day was closed, and not what others ended', () => {
  const { story, ticket } = storyWith('waiting');
  leave(story, ticket, '09:20');
  expect(refusal(story, ticket, at('09:20') + seconds(15) + 1)).toEqual({
    code: 'LEFT_TOO_LONG_AGO',
    details: { ticketId: ticket.id, number: 'A001' },
  });
  story.tell('close-day', {}, at('09:20'));
  expect(refusal(story, ticket, at('09:20')).code).toBe('DAY_NOT_OPEN');
  for (const ended of ['done', 'cancelled', 'no-show'] as const) {
    const others = storyWith(ended);
    expect(refusal(others.story, others.ticket, at('09:05')).code).toBe('ACTION_NOT_ALLOWED');
  }
  const unknown = { ...ticket, id: 'none' as Ticket['id'] };
  expect(refusal(story, unknown, at('09:20')).code).toBe('TICKET_UNKNOWN');
});

test('[UNDO-2] whose counter has another visitor, or none may come to, is back in line at the old place', () => {
  const ways = {
    taken: (story: Story) => story.callNext('c1', '09:20'),
    paused: (story: Story) => story.tell('pause-counter', { ...c1, reason: 'tea' }, at('09:20')),
    closed: (story: Story) => story.tell('close-counter', c1, at('09:20')),
  };
  for (const [way, happen] of Object.entries(ways)) {
    const { story, ticket } = storyWith('called');
    story.issue('tax', '09:10');
    leave(story, ticket, '09:20');
    happen(story);
    takeBack(story, ticket, at('09:20') + seconds(5));
    const { queuedAt, calledAt, wasCalled } = ticket;
    expect(story.ticket(ticket.id), way).toMatchObject({
      ...{ status: 'waiting', counterId: null, queuedAt, calledAt, wasCalled, endedAt: null },
    });
    story.openCounter('c2', 'budi', '09:21');
    story.tell('call-next', { counterId: counterId('c2') }, at('09:21'));
    expect(story.ticket(ticket.id)).toMatchObject({ status: 'called', counterId: 'c2' });
    if (way === 'taken') story.tell('miss', c1, at('09:22'));
    expectSound(story);
  }
});

test("[UNDO-2] an agent's own last act can be taken back again once the visitor has stayed after all", () => {
  const { story, ticket } = storyWith('called');
  leave(story, ticket, '09:01');
  expect(story.refusal('undo', c1, at('09:01')).code).toBe('UNDO_OVERTAKEN');
  takeBack(story, ticket, at('09:01'));
  expect(typesOf(story.tell('undo', c1, at('09:01'), manager))).toEqual(['ticket.undone']);
  expect(story.ticket(ticket.id).status).toBe('waiting');
  expectSound(story);
});

test('[UNDO-2] [WHATIF-1] figures and plans of the day are as if nobody had left', () => {
  const { story, ticket } = storyWith('called', { confirmsArrival: false });
  story.issue('tax', '09:10');
  leave(story, ticket, '09:20');
  story.callNext('c1', '09:20');
  takeBack(story, ticket, at('09:20') + seconds(5));
  story.tell('finish', { ...c1, outcome: null }, at('09:25'));
  story.callNext('c1', '09:25');
  story.tell('finish', { ...c1, outcome: null }, at('09:26'));
  expectSound(story);
  const [measure, plan] = [startMeasure(() => null), startPlan('hall' as BranchId)];
  for (const event of story.events) {
    measure.take(event);
    plan.take(event);
  }
  expect(measure.end().total).toMatchObject({ called: 2, served: 2, left: 0, notCalled: 0 });
  const { visits, left } = plan.end();
  expect(left.undone).toBe(1);
  const steps = visits.map((visit) => visit.steps.map(({ type }) => type));
  expect(steps).toEqual([
    ['called', 'returned', 'called', 'finished'],
    ['called', 'finished'],
  ]);
});

test('[UNDO-1] [UNDO-2] what was done with the next visitor is not taken back over one who stays after all', () => {
  const { story, ticket } = storyWith('called');
  const next = story.issue('tax', '09:10');
  leave(story, ticket, '09:20');
  story.callNext('c1', '09:20');
  story.tell('hold-ticket', { ticketId: next.id, reason: 'a copy', minutes: 5 }, at('09:20') + seconds(2));
  takeBack(story, ticket, at('09:20') + seconds(5));
  expect(story.hall.counters.get(c1.counterId)?.ticketId).toBe(ticket.id);
  expect(story.refusal('undo', c1, at('09:20') + seconds(8))).toEqual({
    code: 'UNDO_OVERTAKEN',
    details: { counterId: 'c1', number: ticket.number },
  });
  expectSound(story);
});
