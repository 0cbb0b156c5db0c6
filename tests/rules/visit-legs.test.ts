import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { TicketId } from '@antrean/shared/domain/ids.ts';
import { undoable } from '@antrean/shared/domain/note-act.ts';
import { isOpen, waitsSince } from '@antrean/shared/domain/ticket.ts';
import { startDayLegs, type VisitLeg } from '@antrean/shared/domain/visit-legs.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyDay, live } from './any-commands.ts';
import { agent, at, counterId, minutes, serviceId, Story } from './story.ts';

const c1 = { counterId: counterId('c1') };
const legsOf = (events: readonly HallEvent[]): VisitLeg[] => {
  const legs = startDayLegs();
  for (const event of events) legs.take(event);
  return legs.all();
};

test('[REPORT-1] a leg says how long its visitor waited, walked and was served, and how it ended', () => {
  const story = new Story().openDay().openCounter();
  story.issue('tax', '09:00', 'elderly');
  story.callNext('c1', '09:10');
  story.tell('recall', c1, at('09:11'));
  story.tell('start', c1, at('09:12'), agent('adi'));
  story.tell('park', c1, at('09:20'), agent('adi'));
  story.tell('resume-ticket', { ...c1, ticketId: legsOf(story.events)[0]!.ticketId }, at('09:30'), agent('adi'));
  story.tell('finish', { ...c1, outcome: 'granted', quantity: 3 }, at('09:35'), agent('adi'));
  expect(legsOf(story.events)).toMatchObject([
    {
      ...{ leg: 0, serviceId: 'tax', priority: 'elderly', channel: 'kiosk', isBooked: false, rule: 'longest-wait' },
      ...{ queuedAt: at('09:00'), calledAt: at('09:10'), counterId: 'c1', agentId: 'adi' },
      // What it was set aside for does not count as served.
      ...{ walkMs: minutes(2), servedMs: minutes(13), recalls: 1, misses: 0, rejoins: 0 },
      ...{ end: 'done', endedAt: at('09:35'), outcome: 'granted', quantity: 3 },
    },
  ]);
});

test('[REPORT-1] who misses a call and comes back has waited until the first call, and walked from the one they came to', () => {
  const story = new Story({ rejoin: { times: 2, late: 'end-of-line' } }).openDay().openCounter();
  const { id: ticketId } = story.issue('tax', '09:00');
  story.callNext('c1', '09:10');
  story.tell('miss', c1, at('09:13'));
  story.tell('rejoin-ticket', { ticketId }, at('09:20'));
  story.callNext('c1', '09:30');
  story.tell('start', c1, at('09:31'));
  expect(legsOf(story.events)).toMatchObject([
    { calledAt: at('09:10'), misses: 1, rejoins: 1, walkMs: minutes(1), servedMs: null, end: null },
  ]);
});

test('[REPORT-1] a visitor sent on waits anew where they were called, and has waited since they came where not', () => {
  const story = new Story().openDay().openCounter();
  const [wrong, other] = [story.issue('birth', '09:00'), story.issue('tax', '09:00')];
  const to = (id: string) => ({ serviceId: serviceId(id), reservedFor: null, note: null, comesBack: false });
  story.tell('transfer-ticket', { ticketId: wrong.id, ...to('land') }, at('09:05'));
  story.tell('call-ticket', { ...c1, ticketId: other.id, reason: 'asked for' }, at('09:10'));
  story.tell('start', c1, at('09:10'));
  story.tell('transfer-ticket', { ticketId: other.id, ...to('land') }, at('09:15'));
  const [first, second, third, fourth] = legsOf(story.events);
  expect([first, second]).toMatchObject([
    { ticketId: wrong.id, leg: 0, end: 'moved', calledAt: null },
    { ticketId: wrong.id, leg: 1, serviceId: 'land', queuedAt: at('09:00') },
  ]);
  expect([third, fourth]).toMatchObject([
    { ticketId: other.id, end: 'moved', rule: 'chosen', servedMs: minutes(5) },
    { ticketId: other.id, leg: 1, serviceId: 'land', queuedAt: at('09:15'), calledAt: null },
  ]);
});

test('[REPORT-1] the end says who ended it: the visitor, the staff, the hour of closing, or nobody came', () => {
  const story = new Story({ rejoin: { times: 0, late: 'no-show' } }).openDay().openCounter();
  const [left, withdrawn] = [story.issue('tax', '09:00'), story.issue('tax', '09:00')];
  story.tell('cancel-ticket', { ticketId: left.id }, at('09:05'), { kind: 'visitor' });
  story.tell('cancel-ticket', { ticketId: withdrawn.id }, at('09:05'));
  story.issue('tax', '09:06');
  story.callNext('c1', '09:07');
  story.tell('miss', c1, at('09:09'));
  story.issue('tax', '09:10');
  story.issue('land', '09:10');
  story.callNext('c1', '09:11');
  story.tell('start', c1, at('09:12'));
  story.tell('close-day', {}, at('09:20'));
  expect(legsOf(story.events).map(({ end, servedMs }) => [end, servedMs])).toEqual([
    ['left', null],
    ['withdrawn', null],
    ['no-show', null],
    ['done', minutes(8)],
    ['closed', null],
  ]);
});

/** Another way to the same figures: what was taken back is struck from the ticket's events, and the rest is read once. */
const readOnce = (events: readonly HallEvent[]): Map<TicketId, Record<string, unknown>[]> => {
  const byTicket = new Map<TicketId, HallEvent[]>();
  for (const event of events) {
    if (!('ticketId' in event.data)) continue;
    const own = byTicket.get(event.data.ticketId) ?? [];
    if (event.type === 'ticket.undone') {
      // A call that ended the visit before it is taken back as one act, whatever became of the other ticket.
      const isLeaving = event.data.action === 'cancel';
      const last = own.findLast(({ type }) => (isLeaving ? type === 'ticket.cancelled' : undoable[type] !== undefined));
      own.splice(own.findIndex(({ commandId, type }) => commandId === last?.commandId && type !== 'ticket.issued'));
    } else own.push(event);
    byTicket.set(event.data.ticketId, own);
  }
  return new Map([...byTicket].map(([id, own]) => [id, figuresOf(own)]));
};

const figuresOf = (own: readonly HallEvent[]): Record<string, unknown>[] => {
  const parts: HallEvent[][] = [[]];
  for (const event of own) {
    parts.at(-1)!.push(event);
    const isNext =
      event.type === 'ticket.went-on' ||
      (event.type === 'ticket.transferred' && event.data.toServiceId !== event.data.serviceId);
    if (isNext) parts.push([]);
  }
  return parts.map((part) => {
    const times = (type: HallEvent['type']) => part.filter((event) => event.type === type);
    let [walkMs, servedMs]: (number | null)[] = [null, null];
    part.forEach((event, index) => {
      const call = part.slice(0, index).findLast(({ type }) => type === 'ticket.called');
      if (event.type === 'ticket.started') walkMs = event.at - call!.at;
      const stops = part.slice(index + 1).find(({ type }) => endsServing.has(type));
      const begins = event.type === 'ticket.started' || event.type === 'ticket.resumed';
      if (begins && stops) servedMs = (servedMs ?? 0) + stops.at - event.at;
      const unseen = part.slice(0, index).findLast(({ type }) => type !== 'ticket.recalled' && !isAside(type));
      if ((event.type === 'ticket.finished' || event.type === 'ticket.went-on') && unseen?.type === 'ticket.called') {
        servedMs = (servedMs ?? 0) + event.at - unseen.at;
      }
    });
    return {
      calledAt: times('ticket.called')[0]?.at ?? null,
      ...{ walkMs, servedMs },
      recalls: times('ticket.recalled').length,
      misses: times('ticket.missed').length,
      rejoins: times('ticket.rejoined').length,
    };
  });
};
const isAside = (type: HallEvent['type']): boolean =>
  ['ticket.noted', 'ticket.leg-added', 'ticket.reassigned', 'ticket.reclassed'].includes(type);
const endsServing = new Set<HallEvent['type']>([
  ...(['ticket.finished', 'ticket.went-on', 'ticket.held', 'ticket.returned', 'ticket.parked'] as const),
  ...(['ticket.transferred', 'ticket.cancelled'] as const),
]);

test('[REPORT-1] on any day the legs agree with the hall at every step, and with another reckoning of the same events', () => {
  let [called, undone, moved] = [0, 0, 0];
  fc.assert(
    fc.property(anyDay, (day) => {
      const lived = live(day);
      const legs = startDayLegs();
      for (const { events, after } of lived) {
        for (const event of events) legs.take(event);
        const firstCalls = legs.all().filter(({ calledAt }) => calledAt !== null).length;
        expect(legs.all().filter(({ leg }) => leg === 0)).toHaveLength(after.totals.issued);
        expect(firstCalls).toBe(after.totals.called);
        for (const ticket of after.tickets.values()) {
          const present = legs.of(ticket.id).at(-1)!;
          expect(present).toMatchObject({ serviceId: ticket.serviceId, priority: ticket.priority });
          expect(present.end === null).toBe(isOpen(ticket.status));
          if (isOpen(ticket.status)) expect(present.calledAt !== null).toBe(ticket.calledAt !== null);
          if (ticket.status === 'done') expect(present.end).toBe('done');
          expect(present.queuedAt).toBeGreaterThanOrEqual(ticket.issuedAt);
          if (legs.of(ticket.id).length === 1 && ticket.missed === null && ticket.misses === 0) {
            expect(present.queuedAt).toBe(waitsSince(ticket));
          }
        }
      }
      const all = lived.flatMap((each) => each.events);
      const opened = all.findIndex((event) => event.type === 'day.opened' && event.data.date === legs.date());
      const events = all.slice(opened);
      for (const [ticketId, parts] of readOnce(events)) expect(legs.of(ticketId)).toMatchObject(parts);
      called += legs.all().filter(({ calledAt }) => calledAt !== null).length;
      moved += legs.all().filter(({ end }) => end === 'moved').length;
      undone += events.filter(({ type }) => type === 'ticket.undone').length;
    }),
    { numRuns: Number(process.env.ANTREAN_DAYS ?? 1_000) },
  );
  console.log(`legs: ${called} called, ${moved} moved, ${undone} acts taken back`);
  expect(Math.min(called, moved, undone)).toBeGreaterThan(5);
});
