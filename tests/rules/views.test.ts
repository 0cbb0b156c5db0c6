import type { AudienceName } from '@antrean/shared/protocol/screens.ts';
import { audienceOf, mayWait, viewOf } from '@antrean/shared/views/audience.ts';
import { type Entries, entriesUnder } from '@antrean/shared/views/entries.ts';
import { missedOf } from '@antrean/shared/views/lobby.ts';
import { evolveAll } from '@antrean/shared/domain/evolve.ts';
import { emptyHall } from '@antrean/shared/domain/hall.ts';
import { recentCallsKept } from '@antrean/shared/domain/recent-calls-kept.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { expect, test } from 'vitest';
import { agentId, at, counterId, serviceId, Story, storyWith } from './story.ts';

const entriesOf = ({ hall }: Story, name: AudienceName): Entries => viewOf(name, hall);

const c1 = { counterId: counterId('c1') };

test('[SHOW-1] the board shows day, lines, calls and open counters', () => {
  const story = new Story().openDay().openCounter('c1', 'adi').openCounter('c2', 'budi');
  const called = story.issue('tax', '09:00');
  story.issue('tax', '09:01');
  story.issue('tax', '09:02', 'elderly');
  story.issue('land', '09:03');
  story.tell('call-ticket', { ...c1, ticketId: called.id, reason: 'asked for' }, at('09:05'));
  story.tell('pause-counter', { counterId: counterId('c2'), reason: 'prayer' }, at('09:06'));
  expect(Object.fromEntries(entriesOf(story, 'board'))).toEqual({
    day: { date: '2026-08-18', isOpen: true },
    setup: { revision: 0 },
    'line/tax': { waiting: 2, since: at('09:01') },
    'line/land': { waiting: 1, since: at('09:03') },
    [`call/${called.id}`]: {
      number: 'A001',
      serviceId: 'tax',
      counterId: 'c1',
      language: 'id',
      calledAt: at('09:05'),
      times: 1,
      state: 'called',
    },
    'counter/c1': { status: 'open' },
    'counter/c2': { status: 'paused' },
  });
});

test('[SHOW-1] the board names no agent, no reason of a break and no ticket that was not called', () => {
  const story = new Story().openDay().openCounter('c1', 'adi').openCounter('c2', 'budi');
  const waiting = story.issue('tax', '09:00', 'elderly');
  const missed = story.issue('tax', '09:00');
  story.tell('call-ticket', { ...c1, ticketId: missed.id, reason: 'asked for' }, at('09:05'));
  story.tell('miss', c1, at('09:06'));
  story.tell('pause-counter', { counterId: counterId('c2'), reason: 'prayer' }, at('09:06'));
  const said = JSON.stringify([...entriesOf(story, 'board')]);
  for (const secret of ['adi', 'budi', 'prayer', waiting.id, waiting.number, missed.id, 'elderly']) {
    expect(said).not.toContain(secret);
  }
});

test('[SHOW-8] the board reminds of the latest who missed their call, by number alone, until they are back', () => {
  const story = new Story({ rejoin: { times: 2, late: 'end-of-line' } }).openDay().openCounter('c1', 'adi');
  const missed = Array.from({ length: 10 }, (_, index) => {
    const ticket = story.issue('tax', '09:00');
    story.callNext('c1', `09:0${index}`);
    story.tell('miss', c1, at(`09:0${index}`));
    return { id: ticket.id, number: ticket.number, serviceId: 'tax', missedAt: at(`09:0${index}`) };
  }).reverse();
  const shown = () => missedOf(entriesOf(story, 'board'), undefined, at('09:10'));
  const plain = missed.map(({ number, serviceId, missedAt }) => ({ number, serviceId, missedAt }));
  expect(shown()).toEqual(plain.slice(0, 8));
  expect(missedOf(entriesOf(story, 'board'), 2 * 60_000, at('09:10'))).toEqual(plain.slice(0, 1));
  story.tell('rejoin-ticket', { ticketId: missed[0]!.id }, at('09:10'));
  expect(shown()).toEqual(plain.slice(1, 9));
  for (const { id } of missed.slice(1)) story.tell('end-missed', { ticketId: id }, at('09:10'));
  expect(entriesOf(story, 'board').has('missed')).toBe(false);
});

test('[SHOW-1] a board before the first day has only its set-up', () => {
  expect(Object.fromEntries(entriesOf(new Story(), 'board'))).toEqual({ setup: { revision: 0 } });
});

test("[SHOW-1] the staff's view adds who does what at each counter, and the totals", () => {
  const { story, ticket } = storyWith('called');
  story.openCounter('c2', 'budi', '09:01');
  story.tell('recall', c1, at('09:02'));
  const floor = entriesOf(story, 'floor');
  expect(floor.get('totals')).toEqual({ issued: 1, called: 1, done: 0, missed: 0, cancelled: 0, waitedMs: 60_000 });
  expect(floor.get('desk/c2')).toEqual({
    agentId: 'budi',
    status: 'open',
    pauseReason: null,
    since: at('09:01'),
    ticket: null,
  });
  expect(floor.get('desk/c1')).toMatchObject({
    agentId: 'adi',
    ticket: {
      id: ticket.id,
      number: 'A001',
      serviceId: 'tax',
      priority: null,
      language: 'id',
      status: 'called',
      queuedAt: at('09:00'),
      calledAt: at('09:01'),
      startedAt: null,
      recalls: 1,
    },
  });
  story.tell('start', c1, at('09:03'));
  expect(entriesOf(story, 'floor').get('desk/c1')).toMatchObject({
    ticket: { status: 'serving', startedAt: at('09:03') },
  });
  for (const [key, value] of entriesOf(story, 'board')) expect(entriesOf(story, 'floor').get(key)).toEqual(value);
  expect(entriesUnder(floor, 'desk/').map(([id]) => id)).toEqual(['c1', 'c2']);
});

test("[SHOW-1] the staff's view says who is set aside, what goes on at a desk, and what can be taken back there", () => {
  const story = new Story({ rejoin: { times: 2, late: 'end-of-line' } }).openDay().openCounter();
  const floor = () => entriesOf(story, 'floor');
  const [held, missed, parked, served] = ['09:00', '09:01', '09:02', '09:03'].map((time) => story.issue('tax', time));
  story.tell('hold-ticket', { ticketId: held!.id, reason: 'copy', minutes: 10 }, at('09:04'));
  story.callNext('c1', '09:05');
  story.tell('miss', c1, at('09:06'));
  expect(floor().get('undo/c1')).toEqual({ action: 'miss', number: 'A002', at: at('09:06') });
  story.callNext('c1', '09:07');
  story.tell('start', c1, at('09:08'));
  story.tell('park', c1, at('09:09'));
  story.callNext('c1', '09:10');
  story.tell('note-ticket', { ticketId: served!.id, note: 'wheelchair' }, at('09:11'));
  story.tell('add-leg', { ticketId: served!.id, serviceId: serviceId('land') }, at('09:11'));
  expect(floor().get(`aside/${held!.id}`)).toEqual({
    state: 'held',
    number: 'A001',
    serviceId: 'tax',
    reason: 'copy',
    until: at('09:14'),
  });
  expect(floor().get(`aside/${missed!.id}`)).toEqual({
    state: 'missed',
    number: 'A002',
    serviceId: 'tax',
    missedAt: at('09:06'),
    misses: 1,
  });
  expect(floor().get(`aside/${parked!.id}`)).toEqual({
    state: 'parked',
    number: 'A003',
    serviceId: 'tax',
    agentId: 'adi',
  });
  expect(entriesUnder(floor(), 'aside/')).toHaveLength(3);
  expect(floor().get('visit/c1')).toEqual({ note: 'wheelchair', legs: ['land'] });
  // Whoever has gone from where the act left them cannot be fetched back from there.
  expect(floor().get('undo/c1')).toMatchObject({ action: 'call', number: 'A004' });
  story.tell('cancel-ticket', { ticketId: served!.id }, at('09:12'));
  expect(floor().get('desk/c1')).toMatchObject({ ticket: null });
  expect(floor().has('undo/c1')).toBe(false);
  expect(floor().has('visit/c1')).toBe(false);
  story.tell('rejoin-ticket', { ticketId: missed!.id }, at('09:13'));
  story.tell('close-day', {}, at('16:00'));
  expect(entriesUnder(floor(), 'aside/')).toEqual([]);
});

test('[SHOW-1] no entry of an ordinary desk or visitor is larger than 400 bytes', () => {
  const { story, ticket } = storyWith('serving');
  story.tell('note-ticket', { ticketId: ticket.id, note: 'Ш'.repeat(80) }, at('09:05'));
  for (let legs = 0; legs < 12; legs++) {
    story.tell('add-leg', { ticketId: ticket.id, serviceId: serviceId('land') }, at('09:05'));
  }
  story.issue('tax', '09:06');
  story.openCounter('c2', 'budi', '09:06').callNext('c2', '09:07');
  story.tell(
    'hold-ticket',
    { ticketId: [...story.hall.tickets.keys()][1]!, reason: 'x'.repeat(80), minutes: 9 },
    at('09:08'),
  );
  for (const entry of entriesOf(story, 'floor')) {
    expect(new TextEncoder().encode(JSON.stringify(entry)).length, JSON.stringify(entry)).toBeLessThanOrEqual(400);
  }
});

test('[SHOW-4] only a ticket that joins or leaves a line may wait to be told; a call never', () => {
  const story = new Story().openDay().openCounter('c1').openCounter('c2', 'budi');
  const tickets = ['09:00', '09:01', '09:02', '09:03'].map((time) => story.issue('tax', time));
  story.callNext('c1', '09:05');
  story.tell('recall', c1, at('09:06'));
  story.tell('cancel-ticket', { ticketId: tickets[0]!.id }, at('09:07'));
  story.callNext('c1', '09:08');
  story.tell('miss', c1, at('09:09'));
  story.callNext('c2', '09:10');
  story.tell('start', { counterId: counterId('c2') }, at('09:11'));
  story.tell('cancel-ticket', { ticketId: tickets[3]!.id }, at('09:12'));
  story.tell('close-day', {}, at('16:00'));
  const told = story.events.map((event, index) => {
    const before = evolveAll(emptyHall('hall' as BranchId), story.events.slice(0, index));
    return `${event.type} ${mayWait(event, before) ? 'later' : 'at once'}`;
  });
  expect(told.filter((line) => line.endsWith('later'))).toEqual([
    ...Array(4).fill('ticket.issued later'),
    'ticket.cancelled later',
    'ticket.no-showed later',
  ]);
  expect(told.filter((line) => line.startsWith('ticket.cancelled'))).toEqual([
    'ticket.cancelled at once',
    'ticket.cancelled later',
  ]);
});

test('[SHOW-7] a call that pushes the oldest out of the latest takes it off a view kept up key by key', () => {
  const story = new Story();
  const c1Setup = story.setup.counters.get(counterId('c1'))!;
  const ids = Array.from({ length: recentCallsKept + 2 }, (_, index) => `desk-${index}`);
  for (const id of ids) (story.setup.counters as Map<unknown, unknown>).set(id, { ...c1Setup, id: counterId(id) });
  story.openDay();
  for (const id of ids) story.tell('open-counter', { counterId: counterId(id), agentId: agentId(id) }, at('08:00'));
  for (const id of ids) {
    story.issue('tax', '09:00');
    story.callNext(id, '09:01');
  }
  // The two oldest are off the board by now: one is called again, the other ends.
  story.tell('recall', { counterId: counterId('desk-0') }, at('09:02'));
  story.tell('miss', { counterId: counterId('desk-1') }, at('09:03'));
  for (const name of ['board', 'floor'] as const) {
    let hall = emptyHall('hall' as BranchId);
    const kept = viewOf(name, hall);
    for (const event of story.events) {
      const keys = audienceOf[name].touched(event, hall);
      hall = evolveAll(hall, [event]);
      for (const key of keys) {
        const value = audienceOf[name].value(hall, key);
        if (value === undefined) kept.delete(key);
        else kept.set(key, value);
      }
      expect(kept).toEqual(viewOf(name, hall));
    }
    expect(entriesUnder(kept, 'call/')).toHaveLength(recentCallsKept);
  }
});
