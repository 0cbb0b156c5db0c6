import { expect, test } from 'vitest';
import { agent, at, counterId, dataOf, kiosk, manager, Story, storyWith } from './story.ts';

const c1 = { counterId: counterId('c1') };

test('[LIFE-2] a recall shows the call again and counts how often', () => {
  const { story, ticket } = storyWith('called');
  const events = story.tell('recall', c1, at('09:05'));
  expect(dataOf(events, 'ticket.recalled')).toEqual({
    ticketId: ticket.id,
    number: 'A001',
    serviceId: 'tax',
    counterId: 'c1',
  });
  story.tell('recall', c1, at('09:06'));
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'called', recalls: 2, calledAt: at('09:01') });
  expect(story.hall.recentCalls).toMatchObject([{ number: 'A001', times: 3, calledAt: at('09:06'), state: 'called' }]);
});

test('[LIFE-2] only a ticket that is called can be recalled', () => {
  const { story } = storyWith('serving');
  expect(story.refusal('recall', c1, at('09:10'))).toMatchObject({
    code: 'ACTION_NOT_ALLOWED',
    details: { action: 'recall', status: 'serving', number: 'A001' },
  });
  const empty = new Story().openDay().openCounter();
  for (const type of ['recall', 'start', 'miss'] as const) {
    const refused = { code: 'NO_TICKET_AT_COUNTER', details: { counterId: 'c1' } };
    expect(empty.refusal(type, c1, at('09:00'))).toEqual(refused);
  }
});

test('[LIFE-3] with start the visitor has arrived: walking and serving are measured apart', () => {
  const { story, ticket } = storyWith('called');
  const events = story.tell('start', c1, at('09:04'));
  expect(dataOf(events, 'ticket.started')).toEqual({
    ticketId: ticket.id,
    number: 'A001',
    serviceId: 'tax',
    counterId: 'c1',
  });
  const started = { status: 'serving', calledAt: at('09:01'), startedAt: at('09:04'), counterId: 'c1' };
  expect(story.ticket(ticket.id)).toMatchObject(started);
  expect(story.hall.recentCalls).toMatchObject([{ number: 'A001', state: 'serving' }]);
});

test('[LIFE-4] finish ends the visit with its outcome and frees the counter', () => {
  const { story, ticket } = storyWith('serving');
  const events = story.tell('finish', { ...c1, outcome: 'papers missing' }, at('09:20'));
  expect(dataOf(events, 'ticket.finished')).toMatchObject({ ticketId: ticket.id, outcome: 'papers missing' });
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'done', counterId: null, endedAt: at('09:20') });
  expect(story.hall.counters.get(c1.counterId)?.ticketId).toBeNull();
  expect(story.hall.recentCalls).toEqual([]);
});

test('[LIFE-4] where the hall confirms arrivals a ticket is finished only after its start', () => {
  const { story, ticket } = storyWith('called', { confirmsArrival: true });
  expect(story.refusal('finish', { ...c1, outcome: null }, at('09:10'))).toEqual({
    code: 'ACTION_NOT_ALLOWED',
    details: { action: 'finish', status: 'called', ticketId: ticket.id, number: 'A001' },
  });
  const other = storyWith('called', { confirmsArrival: false });
  other.story.tell('finish', { ...c1, outcome: null }, at('09:10'));
  expect(other.story.ticket(other.ticket.id).status).toBe('done');
});

test('[LIFE-5] a visitor who did not come is missed: the counter is free, the call is off the screens', () => {
  const { story, ticket } = storyWith('called');
  const events = story.tell('miss', c1, at('09:05'));
  expect(dataOf(events, 'ticket.missed')).toEqual({
    ticketId: ticket.id,
    number: 'A001',
    serviceId: 'tax',
    counterId: 'c1',
  });
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'missed', counterId: null, endedAt: null });
  expect(story.hall.counters.get(c1.counterId)?.ticketId).toBeNull();
  expect(story.hall.recentCalls).toEqual([]);
  expect(story.hall.totals.missed).toBe(1);
});

test('[LIFE-6] an open ticket is cancelled wherever it stands, and its counter is free', () => {
  for (const status of ['waiting', 'called', 'serving', 'missed'] as const) {
    const { story, ticket } = storyWith(status);
    story.tell('cancel-ticket', { ticketId: ticket.id }, at('09:30'), kiosk);
    expect(story.ticket(ticket.id)).toMatchObject({ status: 'cancelled', counterId: null, endedAt: at('09:30') });
    expect(story.hall.counters.get(c1.counterId)?.ticketId).toBeNull();
    expect(story.hall.waiting.size).toBe(0);
    expect(story.hall.lines.size).toBe(0);
    expect(story.hall.recentCalls).toEqual([]);
  }
});

test('[LIFE-6] the event says whether visitor or staff cancelled', () => {
  const reasonOf = (actor: Parameters<Story['tell']>[3]) => {
    const { story, ticket } = storyWith('waiting');
    return dataOf(story.tell('cancel-ticket', { ticketId: ticket.id }, at('09:30'), actor), 'ticket.cancelled').reason;
  };
  expect([kiosk, { kind: 'visitor' } as const, agent('adi'), manager].map(reasonOf)).toEqual([
    'visitor',
    'visitor',
    'staff',
    'staff',
  ]);
});

test('[LIFE-6] a ticket that nobody knows, or of another day, cannot be cancelled', () => {
  const { story, ticket } = storyWith('waiting');
  const refused = (ticketId: string) => ({ code: 'TICKET_UNKNOWN', details: { ticketId } });
  expect(story.refusal('cancel-ticket', { ticketId: 'x' as never }, at('09:30'))).toEqual(refused('x'));
  story.tell('close-day', {}, at('16:00'));
  story.openDay('20:00', '2026-08-19');
  expect(story.refusal('cancel-ticket', { ticketId: ticket.id }, at('20:01'))).toEqual(refused(ticket.id));
});

test('[SETUP-1] a newer revision of the set-up is an event; one that is known already is not', () => {
  const story = new Story();
  const events = story.tell('change-setup', { revision: 3 }, at('07:00'), { kind: 'system' });
  expect(dataOf(events, 'setup.changed')).toEqual({ revision: 3 });
  expect(story.hall.setupRevision).toBe(3);
  for (const revision of [0, 2, 3]) {
    expect(story.refusal('change-setup', { revision }, at('07:01'))).toEqual({
      code: 'SETUP_NOT_NEWER',
      details: { revision, known: 3 },
    });
  }
});

test('[TIME-1] a clock that went back does not take the hall back: the last instant holds', () => {
  const story = new Story().openDay('08:00').openCounter('c1', 'adi', '08:01');
  const first = story.issue('tax', '09:00');
  const second = story.issue('tax', '08:30');
  expect(second.queuedAt).toBe(at('09:00'));
  expect(second.queuedAt).toBe(first.queuedAt);
  expect(story.callNext('c1', '08:45')).toMatchObject({ number: 'A001', why: { waitedMs: 0 } });
  const instants = story.events.map((event) => event.at);
  expect(instants).toEqual([...instants].sort());
});
