import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { expect, test } from 'vitest';
import { agent, at, counterId, manager, priorityId, serviceId, Story, storyWith } from './story.ts';

const c1 = { counterId: counterId('c1') };
const elderly = { priority: priorityId('elderly') };

test('[CLASS-1] whoever gets a class stands in its line, at the place they have', () => {
  const story = new Story().openDay().openCounter();
  const [first, second, third] = ['09:00', '09:01', '09:02'].map((time) => story.issue('tax', time));
  const before = story.issue('tax', '09:03', 'elderly');
  expect(story.tell('change-priority', { ticketId: second!.id, ...elderly }, at('09:04'))).toMatchObject([
    { type: 'ticket.reclassed', data: { number: second!.number, priority: 'elderly', status: 'waiting' } },
  ]);
  const order = ['09:05', '09:06', '09:07', '09:08'].map((time) => {
    const called = story.callNext('c1', time);
    story.tell('miss', c1, at(time));
    return called.number;
  });
  expect(order).toEqual([second, before, first, third].map((ticket) => ticket!.number));
});

test('[CLASS-1] a class is taken away again, held and missed visitors have theirs when they are back', () => {
  for (const status of ['waiting', 'called', 'serving', 'held', 'parked', 'missed'] as const) {
    const { story, ticket } = storyWith(status);
    story.tell('change-priority', { ticketId: ticket.id, ...elderly }, at('09:10'));
    expect(story.ticket(ticket.id)).toMatchObject({ status, ...elderly });
    story.tell('change-priority', { ticketId: ticket.id, priority: null }, at('09:11'));
    expect(story.ticket(ticket.id)).toMatchObject({ status, priority: null });
  }
});

test('[CLASS-1] taking back what was done at the counter leaves the new class', () => {
  const story = new Story().openDay().openCounter();
  const { id } = story.issue('tax', '09:00');
  story.callNext('c1', '09:01');
  story.tell('change-priority', { ticketId: id, ...elderly }, at('09:01'));
  story.tell('undo', c1, at('09:01'));
  expect(story.ticket(id)).toMatchObject({ status: 'waiting', ...elderly });
  expect(story.hall.lines.toArray()).toMatchObject([[expect.stringContaining('elderly'), { waiting: 1 }]]);
});

test('[CLASS-1] the check of the ledger knows that what is taken back leaves the new class', () => {
  const story = new Story().openDay().openCounter().openCounter('c2', 'budi');
  story.issue('tax', '09:00');
  const { id } = story.issue('tax', '09:01');
  story.callNext('c1', '09:02');
  story.callNext('c2', '09:02');
  story.tell('change-priority', { ticketId: id, ...elderly }, at('09:02'));
  story.tell('undo', { counterId: counterId('c2') }, at('09:02'));
  story.tell('undo', c1, at('09:02'));
  // Of a class, and so before whoever came first.
  expect(story.callNext('c1', '09:04').ticketId).toBe(id);
  expect(checkLedger('hall' as BranchId, story.events)).toEqual([]);
});

test('[CLASS-1] what makes no sense is refused', () => {
  const { story, ticket } = storyWith('waiting');
  const { id: ticketId, number } = ticket;
  const refused = (data: { ticketId: typeof ticketId; priority: ReturnType<typeof priorityId> | null }) =>
    story.refusal('change-priority', data, at('09:10'));
  expect(refused({ ticketId, priority: null })).toEqual({ code: 'PRIORITY_CHANGES_NOTHING', details: { number } });
  expect(refused({ ticketId, priority: priorityId('royalty') }).code).toBe('PRIORITY_UNKNOWN');
  expect(refused({ ticketId: 'nobody' as typeof ticketId, ...elderly }).code).toBe('TICKET_UNKNOWN');
  for (const status of ['done', 'no-show', 'cancelled'] as const) {
    const over = storyWith(status);
    expect(over.story.refusal('change-priority', { ticketId: over.ticket.id, ...elderly }, at('09:10'))).toMatchObject({
      code: 'ACTION_NOT_ALLOWED',
    });
  }
});

test('[CLASS-2] an agent changes the class of the visitor at their own counter, of others where agents may choose', () => {
  for (const agentsMayChoose of [false, true]) {
    const story = new Story({ agentsMayChoose }).openDay().openCounter().openCounter('c2', 'budi');
    const waiting = { ticketId: story.issue('tax', '09:00').id, ...elderly };
    const asked = story.ask('change-priority', waiting, at('09:05'), agent('adi'));
    expect(asked.accepted).toBe(agentsMayChoose);
    if (!asked.accepted) expect(asked.refusal.code).toBe('CHOOSING_NOT_ALLOWED');
    const there = { ticketId: story.callNext('c1', '09:06').ticketId, ...elderly };
    expect(story.refusal('change-priority', there, at('09:07'), agent('budi')).code).toBe('NOT_YOUR_COUNTER');
    story.tell('change-priority', there, at('09:07'), agent('adi'));
    story.tell(
      'transfer-ticket',
      { ticketId: there.ticketId, serviceId: serviceId('land'), reservedFor: null, note: null, comesBack: false },
      at('09:08'),
      manager,
    );
    expect(story.ticket(there.ticketId).priority).toBe(there.priority);
  }
});
