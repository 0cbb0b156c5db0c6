import { checkLedger, type Invariant } from '@antrean/shared/domain/check-ledger.ts';
import type { EventType, HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { expect, test } from 'vitest';
import { agentId, at, counterId, newCommandId, serviceId, Story } from '../rules/story.ts';

/** A day with everything that can happen in it, and the morning of the next. */
const wholeLedger = (): HallEvent[] => {
  const story = new Story();
  const c1 = { counterId: counterId('c1') };
  const issue = (id: string, time: string) =>
    story.tell(
      'issue-ticket',
      { serviceId: serviceId(id), priority: null, channel: 'kiosk', language: null },
      at(time),
    );
  story.tell('open-day', { date: '2026-08-18' }, at('08:00'));
  story.tell('open-counter', { ...c1, agentId: agentId('ana') }, at('08:01'));
  story.tell('open-counter', { counterId: counterId('c2'), agentId: agentId('budi') }, at('08:01'));
  story.tell('pause-counter', { counterId: counterId('c2'), reason: 'tea' }, at('08:02'));
  story.tell('resume-counter', { counterId: counterId('c2') }, at('08:03'));
  for (const time of ['08:04', '08:05', '08:06', '08:07']) issue('tax', time);
  story.tell('call-next', c1, at('08:10'));
  story.tell('recall', c1, at('08:11'));
  story.tell('start', c1, at('08:12'));
  story.tell('finish', { ...c1, outcome: null }, at('08:13'));
  story.tell('call-next', c1, at('08:14'));
  story.tell('miss', c1, at('08:15'));
  story.tell('call-next', { counterId: counterId('c2') }, at('08:16'));
  const takeOver = { agentId: agentId('citra'), takeOverFrom: agentId('budi') };
  story.tell('open-counter', { counterId: counterId('c2'), ...takeOver }, at('08:17'));
  story.tell('close-day', {}, at('16:00'));
  story.tell('open-day', { date: '2026-08-19' }, at('23:00'));
  issue('tax', '23:30');
  return story.events;
};

type Events = readonly HallEvent[];
const whole: Events = wholeLedger();

/** The place of the nth event of a type, from 0. */
const placeOf = (type: EventType, nth = 0): number => {
  const places = whole.flatMap((event, place) => (event.type === type ? [place] : []));
  return places[nth] ?? expect.unreachable(`there is no ${type} number ${nth}`);
};
const numbered = (events: Events): HallEvent[] => events.map((event, index) => ({ ...event, version: index + 1 }));
const without = (place: number, count = 1): HallEvent[] => numbered(whole.toSpliced(place, count));
const changed = (place: number, data: object): HallEvent[] =>
  whole.with(place, { ...whole[place]!, data: { ...whole[place]!.data, ...data } } as HallEvent);
/** An event once more right after itself or at another place, as a command of its own. */
const again = (from: number, to = from + 1, data: object = {}): HallEvent[] =>
  numbered(
    whole.toSpliced(to, 0, {
      ...whole[from]!,
      at: whole[to - 1]!.at,
      commandId: newCommandId(),
      data: { ...whole[from]!.data, ...data },
    } as HallEvent),
  );

test('nothing is wrong with a ledger that has everything', () => {
  expect(new Set(whole.map(({ type }) => type)).size).toBe(15);
  expect(checkLedger('hall' as BranchId, whole)).toEqual([]);
});

const faults: readonly [what: string, events: () => Events, invariant: Invariant, words: RegExp][] = [
  ['a ticket nobody issued', () => without(placeOf('ticket.issued')), 'I1', /ticket A001 .* was never issued/],
  ['a ticket issued twice', () => again(placeOf('ticket.issued')), 'I1', /ticket A001 .* was issued twice/],
  [
    'a ticket without a day',
    () => without(placeOf('day.opened')),
    'I1',
    /A001 was issued, but no business day is open/,
  ],
  [
    'a ticket left over when the day closes',
    () => without(placeOf('ticket.no-showed')),
    'I1',
    /ticket A002 is still missed though the day was closed/,
  ],
  [
    'a ticket left over when the next day begins',
    () => without(placeOf('ticket.no-showed'), placeOf('day.closed') - placeOf('ticket.no-showed') + 1),
    'I1',
    /ticket A002 of 2026-08-18 was still missed when the next day began/,
  ],
  [
    'a ticket called twice',
    () => again(placeOf('ticket.called')),
    'I2',
    /A001 is called, from where call leads nowhere/,
  ],
  [
    'a ticket served after its end',
    () => again(placeOf('ticket.started'), placeOf('ticket.finished') + 1),
    'I2',
    /A001 is done, from where start leads nowhere/,
  ],
  [
    'a number given twice',
    () => changed(placeOf('ticket.issued', 1), { number: 'A001' }),
    'I3',
    /A001 was given twice/,
  ],
  ['a number left out', () => changed(placeOf('ticket.issued', 1), { number: 'A003' }), 'I3', /A003 was given where 2/],
  ['another number shown', () => changed(placeOf('ticket.recalled'), { number: 'A009' }), 'I3', /it names A009 of tax/],
  ['another service', () => changed(placeOf('ticket.missed'), { serviceId: 'land' }), 'I3', /it names A002 of land/],
  [
    'a command twice',
    () =>
      again(placeOf('ticket.recalled')).with(placeOf('ticket.started') + 1, {
        ...whole[placeOf('ticket.started')]!,
        version: placeOf('ticket.started') + 2,
        commandId: whole[placeOf('ticket.called')]!.commandId,
      }),
    'I4',
    /took effect twice/,
  ],
  ['a gap', () => whole.toSpliced(3, 1), 'I6', /event 5: event 3 comes right before it/],
  ['a double', () => whole.toSpliced(3, 0, whole[3]!), 'I6', /event 4: event 4 comes right before it/],
  ['a time that goes back', () => whole.with(6, { ...whole[6]!, at: 1 }), 'I6', /event 7: its time is before/],
  ['a day opened twice', () => again(placeOf('day.opened')), 'I6', /2026-08-18 was opened while 2026-08-18 was open/],
  ['a day closed twice', () => again(placeOf('day.closed')), 'I6', /2026-08-18 was closed, but it was not open/],
  [
    'a day that goes back',
    () => changed(placeOf('day.opened', 1), { date: '2026-08-17' }),
    'I6',
    /2026-08-17 was opened after 2026-08-18/,
  ],
  [
    'no such event',
    () => whole.with(4, { ...whole[4]!, type: 'hall.moved' } as unknown as HallEvent),
    'I6',
    /no such event/,
  ],
  ['an event with a hole', () => changed(placeOf('ticket.called'), { why: null }), 'I6', /ticket.called lacks its why/],
  ['no number', () => changed(placeOf('ticket.issued'), { number: '???' }), 'I6', /\?\?\? is no ticket number/],
  ['a counter opened twice', () => again(placeOf('counter.opened')), 'I8', /c1 was opened while it was open/],
  [
    'an agent at two counters',
    () => changed(placeOf('counter.opened', 1), { agentId: 'ana' }),
    'I8',
    /agent ana is at counters c1 and c2/,
  ],
  [
    'an agent who takes over a second counter',
    () => changed(placeOf('counter.taken-over'), { agentId: 'ana' }),
    'I8',
    /agent ana is at counters c1 and c2/,
  ],
  [
    'a counter taken over from somebody else',
    () => changed(placeOf('counter.taken-over'), { from: 'dewi' }),
    'I8',
    /c2 was taken over from agent dewi, but agent budi was there/,
  ],
  [
    'a closed counter taken over',
    () => again(placeOf('counter.taken-over'), undefined, { counterId: 'c3' }),
    'I8',
    /c3 was taken over while it was closed/,
  ],
  [
    'a counter on no day',
    () => again(1, placeOf('day.closed') + 1),
    'I8',
    /c1 was opened, but no business day is open/,
  ],
  [
    'a call to a closed counter',
    () => without(placeOf('counter.opened')),
    'I8',
    /called to counter c1, which is closed/,
  ],
  ['a call during a break', () => without(placeOf('counter.resumed')), 'I8', /called to counter c2 during a break/],
  [
    'a call to a counter that has somebody',
    () => changed(placeOf('ticket.called', 2), { counterId: 'c1' }).toSpliced(placeOf('ticket.missed'), 1),
    'I8',
    /counter c1 got A003 while it had A002/,
  ],
  ['a recall elsewhere', () => changed(placeOf('ticket.recalled'), { counterId: 'c2' }), 'I8', /is at counter c1, not/],
  ['a counter closed twice', () => again(placeOf('counter.closed')), 'I8', /c1 was closed while it was closed/],
  [
    'a counter closed with a visitor at it',
    () => again(placeOf('counter.closed'), placeOf('ticket.called') + 1),
    'I8',
    /c1 was closed with a visitor at it/,
  ],
  ['a counter left open', () => without(placeOf('counter.closed')), 'I8', /c1 is still open though the day was closed/],
  [
    'a break of a closed counter',
    () => without(placeOf('counter.opened', 1)),
    'I8',
    /a break of counter c2, which is cl/,
  ],
  ['a break in a break', () => again(placeOf('counter.paused')), 'I8', /counter c2 began during a break/],
  ['an end of no break', () => again(placeOf('counter.resumed')), 'I8', /counter c2 ended that had not begun/],
  [
    'a break with a visitor at the desk',
    () => again(placeOf('counter.paused'), placeOf('ticket.called') + 1, { counterId: 'c1' }),
    'I8',
    /a break of counter c1 began with a visitor at it/,
  ],
  [
    'a place in the day given twice',
    () => changed(placeOf('ticket.issued', 2), { serial: 2 }),
    'I9',
    /ticket A003 has place 2 in the order of the day, but 2 came right before it/,
  ],
  [
    'a call out of turn',
    () => {
      const { ticketId, number } = whole[placeOf('ticket.issued', 3)]!.data as { ticketId: string; number: string };
      return changed(placeOf('ticket.called', 2), { ticketId, number });
    },
    'I9',
    /ticket A004 was called before A003, who came first, and nobody chose it/,
  ],
];

test.each(faults)('%s is found and named', (_what, events, invariant, words) => {
  expect(checkLedger('hall' as BranchId, events())).toContainEqual(
    expect.objectContaining({ invariant, message: expect.stringMatching(words) }),
  );
});

test('an event that nobody can make sense of changes nothing else', () => {
  const found = checkLedger('hall' as BranchId, changed(placeOf('counter.paused'), { counterId: 7 }));
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringMatching(/nobody can make sense of it: this counter.paused lacks its counterId/),
    expect.stringMatching(/a break of counter c2 ended that had not begun/),
  ]);
});
