import { checkChoice } from '@antrean/shared/domain/check-choice.ts';
import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import type { EventData, HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { answerOf } from '@antrean/shared/protocol/answer.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyDay, live } from './any-commands.ts';
import { at, counterId, dataOf, journeyId, kiosk, serviceId, Story, typesOf } from './story.ts';

const finish = (story: Story, id: string, time: string): EventData['ticket.went-on'] => {
  const counter = { counterId: counterId(id) };
  return dataOf(story.tell('finish', { ...counter, outcome: null }, at(time)), 'ticket.went-on');
};

/** A hall where a called ticket may be finished, with counters 2 (`tax`) and 3 (`birth`) open; nobody serves `land`. */
const twoCounters = (setup: ConstructorParameters<typeof Story>[1] = {}, rules = {}): Story =>
  new Story({ confirmsArrival: false, ...rules }, setup).openDay().openCounter('c2', 'budi').openCounter('c3', 'citra');

const servicesOf = (legs: readonly { readonly serviceId: string }[]) => legs.map((leg) => leg.serviceId);

test('[JOURNEY-1] a ticket for a journey waits for its first leg with a number of that, and has the others before it', () => {
  const story = twoCounters({ services: { land: { quota: 2 } } });
  const ticket = story.begin('house', '09:00', 'elderly');
  expect(ticket).toMatchObject({ number: 'B001', serviceId: 'land', priority: 'elderly', status: 'waiting' });
  expect(ticket.legs).toEqual([
    { serviceId: 'tax', step: 1, reservedFor: null },
    { serviceId: 'birth', step: 2, reservedFor: null },
  ]);
  expect(story.events.at(-1)?.data).toMatchObject({ journeyId: 'house', serviceId: 'land', ahead: 0 });
  expect(story.hall.issuedFor.toArray()).toEqual([['land', 1]]);
});

test('[JOURNEY-1] what keeps the first leg from being issued keeps the journey, too; an unknown one is refused by name', () => {
  const story = twoCounters({ services: { land: { quota: 1 } } });
  const ask = (id: string) => story.refusal('issue-ticket', { journeyId: journeyId(id), ...plain }, at('09:10'), kiosk);
  expect(ask('moonlight')).toEqual({ code: 'JOURNEY_UNKNOWN', details: { journeyId: 'moonlight' } });
  story.begin('house', '09:00');
  expect(ask('house')).toEqual({ code: 'SERVICE_FULL', details: { serviceId: 'land', quota: 1 } });
  // Of several that may be first, the one that issues tickets is.
  expect(story.begin('moved', '09:11').serviceId).toBe('tax');
});

const plain = { priority: null, channel: 'kiosk', language: null } as const;

test('[JOURNEY-1] where none of several may be first, it is refused as the best of them is', () => {
  const story = twoCounters({ services: { land: { quota: 1 }, tax: { quota: 1 }, birth: { onePerHolder: true } } });
  story.issue('land', '09:00');
  story.issue('tax', '09:00');
  const asked = { journeyId: journeyId('moved'), ...plain };
  // Nobody waits for birth, one for tax, and no counter is open for land.
  expect(story.refusal('issue-ticket', asked, at('09:01'), kiosk).code).toBe('HOLDER_NEEDED');
  story.tell('issue-ticket', { ...asked, holder: 'x' }, at('09:02'), kiosk);
});

test('[JOURNEY-2] steps come in their order; those of one step in any; what is added comes after all', () => {
  const story = twoCounters();
  const { id } = story.begin('newborn', '09:00');
  story.tell('add-leg', { ticketId: id, serviceId: serviceId('birth') }, at('09:01'));
  expect(servicesOf(story.ticket(id).legs)).toEqual(['tax', 'land', 'birth']);
  story.callNext('c3', '09:02');
  // Nobody is open for land: tax. Then land, though nobody is open for it: it comes before what was added.
  expect(finish(story, 'c3', '09:05')).toMatchObject({ toServiceId: 'tax' });
  expect(servicesOf(story.ticket(id).legs)).toEqual(['land', 'birth']);
  story.callNext('c2', '09:06');
  expect(finish(story, 'c2', '09:07')).toMatchObject({ toServiceId: 'land', legs: [{ serviceId: 'birth' }] });
  story.openCounter('c1', 'adi', '09:08');
  story.callNext('c1', '09:09');
  expect(finish(story, 'c1', '09:10')).toMatchObject({ toServiceId: 'birth' });
  story.callNext('c1', '09:11');
  const c1 = { counterId: counterId('c1'), outcome: null };
  expect(typesOf(story.tell('finish', c1, at('09:12')))).toEqual(['ticket.finished']);
  expect(story.ticket(id)).toMatchObject({ number: 'B001', status: 'done' });
  expect(checkLedger('hall' as BranchId, story.events)).toEqual([]);
});

test('[JOURNEY-2] [MOVE-4] an agent to whom the ticket comes back is first, and the order stays free after that', () => {
  const story = twoCounters();
  const { id } = story.begin('moved', '09:00');
  story.callNext('c2', '09:01');
  const to = { serviceId: serviceId('birth'), reservedFor: null, note: null, comesBack: true };
  story.tell('transfer-ticket', { ticketId: id, ...to }, at('09:02'));
  story.callNext('c3', '09:03');
  expect(finish(story, 'c3', '09:04').toServiceId).toBe('tax');
  expect(story.ticket(id).reservedFor).toEqual({ agentId: 'budi' });
  story.callNext('c2', '09:05');
  const { toServiceId, among } = finish(story, 'c2', '09:06');
  expect([toServiceId, servicesOf(among ?? [])]).toEqual(['birth', ['land', 'birth']]);
});

test('[JOURNEY-3] the next leg is the one with the shortest expected wait; between equals the first of the journey', () => {
  const firstWith = (taxes: number, births: number, priority: string | null = null) => {
    const story = twoCounters().openCounter('c1', 'adi');
    for (let each = 0; each < taxes; each++) story.issue('tax', '09:00');
    for (let each = 0; each < births; each++) story.issue('birth', '09:00');
    for (const id of ['c1', 'c2', 'c3'])
      if (taxes + births > 0) story.tell('call-next', { counterId: counterId(id) }, at('09:01'));
    return story.begin('moved', '09:02', priority).serviceId;
  };
  expect(firstWith(0, 0)).toBe('tax');
  expect(firstWith(6, 3)).toBe('birth');
  expect(firstWith(3, 6)).toBe('tax');
});

test('[JOURNEY-3] the wait is that of the class: whom a head start takes to the front finds the longer line short', () => {
  const story = twoCounters({ services: { tax: { standardMinutes: 5 }, birth: { standardMinutes: 20 } } });
  for (let each = 0; each < 6; each++) story.issue('tax', '09:00');
  story.callNext('c2', '09:01');
  story.issue('birth', '09:01');
  story.callNext('c3', '09:02');
  expect(story.begin('moved', '09:03').serviceId).toBe('birth');
  expect(story.begin('moved', '09:03', 'elderly').serviceId).toBe('tax');
});

test("[JOURNEY-3] a wait rests on the day's own service times: a line whose people take long is long", () => {
  const story = twoCounters();
  const serve = (service: string, id: string, from: string, to: string) => {
    story.issue(service, from);
    story.callNext(id, from);
    story.tell('finish', { counterId: counterId(id), outcome: null }, at(to));
  };
  for (const hour of ['09', '10', '11']) {
    serve('birth', 'c3', `${hour}:00`, `${hour}:02`);
    serve('tax', 'c2', `${hour}:02`, `${hour}:40`);
  }
  for (const service of ['tax', 'tax', 'birth', 'birth', 'birth']) story.issue(service, '13:00');
  story.callNext('c2', '13:01');
  story.callNext('c3', '13:01');
  expect(story.begin('moved', '13:02').serviceId).toBe('birth');
  story.tell('close-day', {}, at('16:00'));
  story.openDay('08:00', '2026-08-19');
  expect(story.hall.serviceTimes.all.count).toBe(0);
});

test('[JOURNEY-3] a leg that is closed now or full goes last, and so does one that no counter is open for', () => {
  const hours = { week: { tuesday: { opens: '08:00', closes: '16:00' } } };
  const early = { week: { tuesday: { opens: '08:00', closes: '09:30' } } };
  const story = twoCounters(
    { hours, services: { birth: { hours: early }, land: { quota: 9 } } },
    { issuesOnlyInHours: true },
  );
  const among = (time: string) => {
    story.begin('moved', time);
    return dataOf(story.events.slice(-1), 'ticket.issued');
  };
  story.issue('tax', '09:00');
  expect(among('09:01')).toMatchObject({ serviceId: 'birth' });
  expect(among('10:00')).toMatchObject({
    serviceId: 'tax',
    among: [
      { serviceId: 'tax' },
      { serviceId: 'land', waitMs: null },
      { serviceId: 'birth', shut: 'SERVICE_CLOSED_NOW' },
    ],
  });
  story.tell('pause-counter', { counterId: counterId('c2'), reason: 'tea' }, at('10:01'));
  story.openCounter('c1', 'adi', '10:02');
  expect(among('10:03').among?.map(({ waitMs }) => waitMs === null)).toEqual([false, false, false]);
});

test('[JOURNEY-3] full is the last to begin with, since it would be refused; on the way a leg without a counter is', () => {
  const story = twoCounters({ services: { tax: { quota: 1 }, birth: { quota: 1 } } });
  story.issue('tax', '09:00');
  story.issue('birth', '09:00');
  expect(story.begin('moved', '09:01')).toMatchObject({ serviceId: 'land', number: 'B002' });
  const open = twoCounters({ services: { tax: { quota: 1 } } }).openCounter('c1', 'adi');
  open.issue('tax', '09:00');
  const { id } = open.begin('newborn', '09:01');
  open.tell('call-ticket', { counterId: counterId('c3'), ticketId: id, reason: 'test' }, at('09:02'));
  open.callNext('c2', '09:02');
  // Tax is full, and so comes after land, though nobody waits for either.
  expect(finish(open, 'c3', '09:03')).toMatchObject({ toServiceId: 'land' });
});

test('[JOURNEY-3] [CALL-5] calling the next one chooses, too, as the hall stood before', () => {
  const story = twoCounters({}, { callNextFinishes: true });
  const { id } = story.begin('moved', '09:00');
  story.issue('tax', '09:00');
  story.callNext('c2', '09:01');
  const [wentOn, called] = story.tell('call-next', { counterId: counterId('c2') }, at('09:02'));
  expect([wentOn?.type, called?.type]).toEqual(['ticket.went-on', 'ticket.called']);
  expect(story.ticket(id)).toMatchObject({ serviceId: 'birth', status: 'waiting' });
});

test('[JOURNEY-4] the event says among what a leg was chosen, and nothing where there was no choice', () => {
  const story = twoCounters();
  story.begin('house', '09:00');
  expect(dataOf(story.events.slice(-1), 'ticket.issued')).not.toHaveProperty('among');
  story.begin('moved', '09:01');
  const { among } = dataOf(story.events.slice(-1), 'ticket.issued');
  expect(among).toEqual([
    { serviceId: 'tax', waitMs: 5_000 },
    { serviceId: 'land', waitMs: null },
    { serviceId: 'birth', waitMs: 5_000 },
  ]);
});

test('[JOURNEY-5] a later leg asks neither for quota nor holder, and counts against no quota', () => {
  const story = twoCounters({ services: { tax: { quota: 1, onePerHolder: true } } });
  story.tell('issue-ticket', { serviceId: serviceId('tax'), ...plain, holder: 'x' }, at('09:00'), kiosk);
  const { id } = story.begin('newborn', '09:00');
  story.callNext('c3', '09:01');
  // Full, but no counter is open for land: between two that are last the shorter wait counts.
  expect(finish(story, 'c3', '09:02')).toMatchObject({
    toServiceId: 'tax',
    among: [
      { serviceId: 'tax', shut: 'SERVICE_FULL' },
      { serviceId: 'land', waitMs: null },
    ],
  });
  expect(story.hall.issuedFor.toArray()).toEqual([
    ['birth', 1],
    ['tax', 1],
  ]);
  expect(story.ticket(id).number).toBe('B001');
});

test('[LEG-3] the answer says what is still before the visit', () => {
  const story = twoCounters();
  const { id } = story.begin('newborn', '09:00');
  const legsIn = (events: readonly HallEvent[]) => answerOf(events[0]!.commandId, events).ticket?.legs;
  expect(legsIn(story.events.slice(-1))).toEqual([
    { serviceId: 'tax', step: 1 },
    { serviceId: 'land', step: 1 },
  ]);
  story.callNext('c3', '09:01');
  const c3 = { counterId: counterId('c3'), outcome: null };
  expect(legsIn(story.tell('finish', c3, at('09:02')))).toEqual([{ serviceId: 'land', step: 1 }]);
  expect(story.ticket(id).serviceId).toBe('tax');
});

test('[JOURNEY-2] [UNDO-1] a leg that was gone on with is before the visit again, in its place', () => {
  const story = twoCounters();
  const { id } = story.begin('moved', '09:00');
  story.callNext('c2', '09:01');
  const before = story.ticket(id);
  expect(finish(story, 'c2', '09:02').toServiceId).toBe('birth');
  story.tell('undo', { counterId: counterId('c2') }, at('09:02'));
  expect(story.ticket(id)).toEqual(before);
  expect(checkLedger('hall' as BranchId, story.events)).toEqual([]);
});

test('[JOURNEY-3] on any day the waits among which a leg was chosen are those of the hall before it', () => {
  let choices = 0;
  fc.assert(
    fc.property(anyDay, (day) => {
      for (const { before, setup, events } of live(day)) {
        const chosen = events.filter(({ data }) => 'among' in data);
        choices += chosen.length;
        for (const event of chosen) expect(checkChoice(before, setup, event)).toBeNull();
      }
    }),
    { numRuns: 600 },
  );
  // About 200 on most runs.
  expect(choices).toBeGreaterThan(80);
});

test('[JOURNEY-3] the checkers find a leg out of turn, a choice that was not made, a better one, and waits that were not so', () => {
  const story = twoCounters();
  story.issue('tax', '09:00');
  const before = story.hall;
  story.begin('moved', '09:00');
  const issued = story.events.at(-1)!;
  story.callNext('c3', '09:01');
  finish(story, 'c3', '09:02');
  const messages = (change: (data: never) => object, of: HallEvent['type']): string =>
    checkLedger(
      'hall' as BranchId,
      story.events.map((event) =>
        event.type === of
          ? ({ ...event, data: { ...event.data, ...change(event.data as never) } } as HallEvent)
          : event,
      ),
    )
      .map(({ message }) => message)
      .join('\n');
  expect(messages(() => ({}), 'ticket.went-on')).toBe('');
  expect(messages(() => ({ toServiceId: 'birth' }), 'ticket.went-on')).toContain('which was not next');
  expect(messages(() => ({ toServiceId: 'land' }), 'ticket.went-on')).toContain('tax was the best choice');
  expect(messages(() => ({ among: undefined }), 'ticket.went-on')).toContain('not chosen among tax, land');
  expect(messages(() => ({ legs: [{ serviceId: 'tax' }] }), 'ticket.went-on')).toContain('before it, and not tax');
  expect(
    messages(
      ({ ticketId }: EventData['ticket.issued']) =>
        ticketId === issued.data['ticketId' as never] ? { among: undefined } : {},
      'ticket.issued',
    ),
  ).toContain('begins with birth');
  expect(checkChoice(before, story.setup, issued)).toBeNull();
  expect(checkChoice(story.hall, story.setup, issued)?.message).toMatch(/was to wait \d+ ms for/);
});
