import { expect, test } from 'vitest';
import { agent, agentId, at, counterId, dataOf, storyWith, typesOf } from './story.ts';

const c1 = { counterId: counterId('c1') };
const c2 = { counterId: counterId('c2') };

test('[HOLD-1] a held ticket is passed over, its reason and its end are known, and its counter is free', () => {
  for (const status of ['waiting', 'called', 'serving'] as const) {
    const { story, ticket } = storyWith(status);
    const other = story.issue('tax', '09:10');
    const hold = { ticketId: ticket.id, reason: 'a copy of the passport', minutes: 15 };
    const held = dataOf(story.tell('hold-ticket', hold, at('09:20'), agent('adi')), 'ticket.held');
    expect(held).toMatchObject({
      reason: hold.reason,
      until: at('09:35'),
      counterId: status === 'waiting' ? null : 'c1',
    });
    expect(story.ticket(ticket.id)).toMatchObject({
      status: 'held',
      counterId: null,
      hold: { until: at('09:35'), reason: hold.reason },
    });
    expect(story.hall.counters.get(c1.counterId)?.ticketId).toBeNull();
    expect(story.hall.recentCalls).toEqual([]);
    expect(story.callNext('c1', '09:21').ticketId).toBe(other.id);
  }
});

test('[HOLD-2] a held ticket comes back at the place it had', () => {
  const { story, ticket } = storyWith('held');
  story.issue('tax', '09:10');
  story.tell('return-ticket', { ticketId: ticket.id }, at('09:30'), { kind: 'timer' });
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'waiting', hold: null, queuedAt: at('09:00') });
  expect(story.callNext('c1', '09:31').ticketId).toBe(ticket.id);
});

test("[COUNTER-4] an agent holds and returns nobody who stands at another agent's counter", () => {
  const { story, ticket } = storyWith('serving');
  story.openCounter('c2', 'budi', '09:10');
  const hold = { ticketId: ticket.id, reason: 'a copy', minutes: 5 };
  expect(story.refusal('hold-ticket', hold, at('09:20'), agent('budi')).code).toBe('NOT_YOUR_COUNTER');
  expect(story.refusal('return-ticket', hold, at('09:20'), agent('budi')).code).toBe('NOT_YOUR_COUNTER');
});

test('[PARK-1] a parked visit leaves the counter free and is kept for its agent', () => {
  const { story, ticket } = storyWith('serving');
  const other = story.issue('tax', '09:10');
  expect(dataOf(story.tell('park', c1, at('09:20')), 'ticket.parked')).toMatchObject({ agentId: 'adi' });
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'parked', counterId: null, reservedFor: { agentId: 'adi' } });
  expect(story.callNext('c1', '09:21').ticketId).toBe(other.id);
});

test('[PARK-2] only the agent it is kept for goes on with it, at whichever counter, and with nobody else there', () => {
  const { story, ticket } = storyWith('parked');
  story.openCounter('c2', 'budi', '09:10');
  const resume = { ticketId: ticket.id };
  expect(story.refusal('resume-ticket', { ...c2, ...resume }, at('09:20')).code).toBe('TICKET_KEPT_FOR_ANOTHER');
  story.issue('tax', '09:20');
  story.callNext('c1', '09:21');
  expect(story.refusal('resume-ticket', { ...c1, ...resume }, at('09:22')).code).toBe('COUNTER_BUSY');
  story.tell('miss', c1, at('09:23'));
  story.tell('close-counter', c1, at('09:24'));
  story.tell('close-counter', c2, at('09:24'));
  story.tell('open-counter', { ...c2, agentId: agentId('adi') }, at('09:25'));
  const events = story.tell('resume-ticket', { ...c2, ...resume }, at('09:26'), agent('adi'));
  expect(typesOf(events)).toEqual(['ticket.resumed']);
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'serving', counterId: 'c2', reservedFor: null });
  expect(story.hall.recentCalls).toMatchObject([{ ticketId: ticket.id, counterId: 'c2', state: 'serving' }]);
});

test('[PARK-2] nobody goes on during a break', () => {
  const { story, ticket } = storyWith('parked');
  story.tell('pause-counter', { ...c1, reason: 'tea' }, at('09:20'));
  expect(story.refusal('resume-ticket', { ...c1, ticketId: ticket.id }, at('09:21')).code).toBe('COUNTER_PAUSED');
});

test('[DAY-4] what is held or parked when the day closes is cancelled', () => {
  for (const status of ['held', 'parked'] as const) {
    const { story, ticket } = storyWith(status);
    const [first] = story.tell('close-day', {}, at('16:00'));
    expect(first).toMatchObject({ type: 'ticket.cancelled', data: { reason: 'day-closed' } });
    expect(story.ticket(ticket.id).status).toBe('cancelled');
  }
});
