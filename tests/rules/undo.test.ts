import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { TicketAction } from '@antrean/shared/domain/life.ts';
import { expect, test } from 'vitest';
import { agent, at, counterId, kiosk, minutes, serviceId, Story, storyWith, typesOf } from './story.ts';

const c1 = { counterId: counterId('c1') };
const everything = { confirmsArrival: true, undoWithinMs: minutes(1), rejoin: { times: 0, late: 'no-show' } } as const;

/** What an agent does at the counter, from where it can be done. */
const acts: readonly (readonly [from: 'waiting' | 'called' | 'serving' | 'parked', act: TicketAction])[] = [
  ['waiting', 'call'],
  ['called', 'start'],
  ['called', 'miss'],
  ['called', 'hold'],
  ['called', 'return'],
  ['serving', 'finish'],
  ['serving', 'go-on'],
  ['serving', 'park'],
  ['serving', 'transfer'],
  ['parked', 'resume'],
];

for (const [from, act] of acts) {
  test(`[UNDO-1] ${act} is taken back: ticket, line, counter, screens and totals stand as before`, () => {
    const { story, ticket } = storyWith(from, everything);
    story.issue('tax', '09:10');
    if (act === 'go-on') story.tell('add-leg', { ticketId: ticket.id, serviceId: serviceId('land') }, at('09:10'));
    const before = story.hall;
    const { id: ticketId } = ticket;
    const to = { serviceId: serviceId('land'), reservedFor: null, note: null, comesBack: true };
    if (act === 'call') story.tell('call-next', c1, at('09:20'));
    else if (act === 'hold') story.tell('hold-ticket', { ticketId, reason: 'a copy', minutes: 5 }, at('09:20'));
    else if (act === 'return') story.tell('return-ticket', { ticketId }, at('09:20'));
    else if (act === 'transfer') story.tell('transfer-ticket', { ticketId, ...to }, at('09:20'));
    else if (act === 'resume') story.tell('resume-ticket', { ...c1, ticketId }, at('09:20'));
    else if (act === 'go-on' || act === 'finish') story.tell('finish', { ...c1, outcome: null }, at('09:20'));
    else story.tell(act as 'start', c1, at('09:20'));
    expect(story.ticket(ticketId)).not.toEqual(before.tickets.get(ticketId));
    const [undone, ...more] = story.tell('undo', c1, at('09:20') + 59_000, agent('adi'));
    expect(undone).toMatchObject({ type: 'ticket.undone', data: { action: act, status: from, number: 'A001' } });
    expect(more).toEqual([]);
    const { hall } = story;
    for (const map of ['tickets', 'waiting', 'lines'] as const) {
      expect(hall[map].toArray(), map).toEqual(before[map].toArray());
    }
    expect(hall.totals).toEqual(before.totals);
    expect(hall.recentCalls).toEqual(before.recentCalls);
    expect(hall.counters.get(c1.counterId)?.ticketId).toBe(before.counters.get(c1.counterId)?.ticketId);
    expect(story.refusal('undo', c1, at('09:21')).code).toBe('NOTHING_TO_UNDO');
    story.tell('close-day', {}, at('16:00'));
    expect(checkLedger('hall' as BranchId, story.events)).toEqual([]);
  });
}

test('[UNDO-1] a call that finished the visit before it is taken back as a whole', () => {
  const story = new Story({ confirmsArrival: false, callNextFinishes: true }).openDay().openCounter();
  const [first, second] = [story.issue('tax', '09:00'), story.issue('tax', '09:01')];
  story.callNext('c1', '09:02');
  const before = story.hall;
  story.callNext('c1', '09:03');
  expect(typesOf(story.tell('undo', c1, at('09:03') + 20_000))).toEqual(['ticket.undone', 'ticket.undone']);
  expect(story.ticket(first.id)).toMatchObject({ status: 'called', counterId: 'c1' });
  expect(story.ticket(second.id)).toMatchObject({ status: 'waiting', counterId: null });
  expect(story.hall.counters.get(c1.counterId)?.ticketId).toBe(first.id);
  expect(story.hall.totals).toEqual(before.totals);
  expect(story.hall.recentCalls).toEqual(before.recentCalls);
});

test('[UNDO-1] sent on "and back to me", taken back and finished, the visit has nothing before it', () => {
  const { story, ticket } = storyWith('serving', everything);
  const to = { serviceId: serviceId('land'), reservedFor: null, note: null, comesBack: true };
  story.tell('transfer-ticket', { ticketId: ticket.id, ...to }, at('09:20'));
  story.tell('undo', c1, at('09:20'));
  story.tell('add-leg', { ticketId: ticket.id, serviceId: serviceId('birth') }, at('09:20'));
  expect(typesOf(story.tell('finish', { ...c1, outcome: null }, at('09:21')))).toEqual(['ticket.went-on']);
  expect(story.ticket(ticket.id)).toMatchObject({ serviceId: 'birth', legs: [] });
  expect(checkLedger('hall' as BranchId, story.events)).toEqual([]);
});

test('[UNDO-1] for half a minute where the hall says nothing else, and by the agent of the counter', () => {
  const { story } = storyWith('called', {});
  expect(story.refusal('undo', c1, at('09:01') + 30_001)).toEqual({
    code: 'UNDO_TOO_LATE',
    details: { counterId: 'c1', seconds: 30 },
  });
  expect(story.refusal('undo', c1, at('09:01') + 1, agent('budi')).code).toBe('NOT_YOUR_COUNTER');
  expect(story.ask('undo', c1, at('09:01') + 30_000, agent('adi')).accepted).toBe(true);
});

test('[UNDO-1] not when the ticket moved since, nor after a break began; a note and an added service stay', () => {
  const cancelled = storyWith('called', everything);
  cancelled.story.tell('cancel-ticket', { ticketId: cancelled.ticket.id }, at('09:01'), kiosk);
  expect(cancelled.story.refusal('undo', c1, at('09:01'))).toMatchObject({
    code: 'UNDO_OVERTAKEN',
    details: { number: 'A001' },
  });
  const paused = storyWith('called', everything);
  paused.story.tell('miss', c1, at('09:02'));
  paused.story.tell('pause-counter', { ...c1, reason: 'tea' }, at('09:02'));
  expect(paused.story.refusal('undo', c1, at('09:02')).code).toBe('NOTHING_TO_UNDO');
  const { story, ticket } = storyWith('called', everything);
  story.tell('note-ticket', { ticketId: ticket.id, note: 'deaf' }, at('09:01'));
  story.tell('add-leg', { ticketId: ticket.id, serviceId: serviceId('land') }, at('09:01'));
  story.tell('undo', c1, at('09:02'));
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'waiting', note: 'deaf', legs: [{ serviceId: 'land' }] });
});

test('[VOID-1] a run of numbers ends, apart from who is at a counter or done with', () => {
  const story = new Story().openDay().openCounter();
  const tickets = Array.from({ length: 6 }, () => story.issue('tax', '09:00'));
  story.issue('land', '09:00');
  story.callNext('c1', '09:01');
  story.tell('cancel-ticket', { ticketId: tickets[1]!.id }, at('09:02'));
  const events = story.tell('void-tickets', { prefix: 'A', from: 1, to: 4 }, at('09:03'));
  expect(events.map(({ data }) => data)).toMatchObject([
    { number: 'A003', reason: 'void' },
    { number: 'A004', reason: 'void' },
  ]);
  expect(story.refusal('void-tickets', { prefix: 'A', from: 1, to: 4 }, at('09:04'))).toEqual({
    code: 'NOTHING_TO_VOID',
    details: { from: 'A001', to: 'A004' },
  });
});
