import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import type { StoryStep } from '@antrean/shared/protocol/past.ts';
import { outlineStepMs, startOutline } from '@antrean/shared/domain/outline-day.ts';
import { startPastFold } from '@antrean/shared/domain/fold-past.ts';
import { plainOf } from '@antrean/shared/domain/hall.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { emptyHall } from '@antrean/shared/domain/hall.ts';
import type { EventType } from '@antrean/shared/domain/events.ts';
import type { AgencyId, BranchId } from '@antrean/shared/domain/ids.ts';
import az from '@antrean/shared/locales/az.json' with { type: 'json' };
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import id from '@antrean/shared/locales/id.json' with { type: 'json' };
import ru from '@antrean/shared/locales/ru.json' with { type: 'json' };
import { translator } from '@antrean/shared/locales/translate.ts';
import { HallNames } from '@antrean/shared/views/hall-names.ts';
import { instantOf, lastMinute, minuteAt } from '@antrean/shared/views/minutes-of-day.ts';
import { sayStep, sayWho } from '@antrean/shared/views/say-step.ts';
import { storyForAgency, storyOf } from '@antrean/shared/views/ticket-story.ts';
import { expect, test } from 'vitest';
import { agentId, at, counterId, minutes, serviceId, Story } from './story.ts';

const branchId = 'hall' as BranchId;
const c1 = { counterId: counterId('c1') };

const aDay = (): Story => {
  const story = new Story().openDay('08:00').openCounter();
  for (const time of ['08:01', '08:02', '08:02', '08:07']) story.issue('tax', time);
  story.callNext('c1', '08:11');
  story.tell('close-day', {}, at('08:30'));
  return story;
};

test('[PAST-1] at each millisecond a fold is the hall after the last event that had happened', () => {
  const { events } = aDay();
  let hall = emptyHall(branchId);
  for (const [index, event] of events.entries()) {
    hall = evolve(hall, event);
    if (events[index + 1]?.at === event.at) continue;
    for (const until of [event.at, (events[index + 1]?.at ?? event.at + 2) - 1]) {
      const fold = startPastFold(branchId, 1, until);
      fold.take(events.slice(0, 3));
      fold.take(events.slice(3));
      expect(plainOf(fold.hall)).toEqual(plainOf(hall));
      expect(fold.beganAt).toBe(at('08:00'));
    }
  }
  const tooEarly = startPastFold(branchId, 1, at('08:00') - 1);
  expect(tooEarly.take(events)).toBe(false);
  expect([tooEarly.hall.version, tooEarly.beganAt]).toEqual([0, at('08:00')]);
});

test('[PAST-3] an outline counts who waits every five minutes, and nothing that came after the day', () => {
  const { events } = aDay();
  const later = {
    ...events.at(-1)!,
    type: 'setup.changed',
    data: { revision: 2 },
    at: at('08:30') + 86_400_000,
  } as const;
  const outline = startOutline(branchId, 1, at('23:00'));
  expect(outline.take(events.slice(0, 4))).toBe(true);
  expect(outline.take([...events.slice(4), { ...later, version: events.length + 1 }])).toBe(false);
  expect(outline.end()).toEqual({ from: at('08:00'), to: at('08:30'), waiting: [0, 3, 4, 3, 3, 3, 0] });
  expect(outlineStepMs).toBe(minutes(5));
});

test('[PAST-1] the minutes of a day begin with its first event and end with its last', () => {
  const bounds = { from: at('08:00') + 20_000, to: at('10:30') + 5 };
  expect(lastMinute(bounds)).toBe(151);
  expect([0, 1, 150, 151, 900].map((minute) => instantOf(bounds, minute))).toEqual([
    bounds.from,
    at('08:01'),
    at('10:30'),
    bounds.to,
    bounds.to,
  ]);
  for (let minute = 0; minute <= 151; minute++) expect(minuteAt(bounds, instantOf(bounds, minute))).toBe(minute);
  expect([at('07:00'), at('08:01') + 59_999, at('23:00')].map((instant) => minuteAt(bounds, instant))).toEqual([
    0, 1, 151,
  ]);
  const short = { from: at('08:00') + 1, to: at('08:00') + 1 };
  expect([lastMinute(short), instantOf(short, 0), instantOf(short, 1)]).toEqual([1, short.from, short.to]);
});

test('[PAST-4] of another agency nothing is told but that it sent the visitor, where to and with which note', () => {
  const story = new Story({ confirmsArrival: false }).openDay().openCounter();
  const { id: ticketId } = story.issue('tax', '08:05');
  story.callNext('c1', '08:06');
  story.tell('note-ticket', { ticketId, note: 'only for us' }, at('08:07'));
  const to = { serviceId: serviceId('birth'), reservedFor: null, note: 'for you', comesBack: false };
  story.tell('transfer-ticket', { ticketId, ...to }, at('08:08'));
  const events = story.events.filter(({ data }) => 'ticketId' in data);
  const { setup } = story;
  const other = 'other' as AgencyId;
  const birth = setup.services.get(serviceId('birth'))!;
  const shared = { ...setup, services: new Map([...setup.services, [birth.id, { ...birth, agencyId: other }]]) };
  expect(storyOf(events).map(({ type }) => type)).toEqual([
    'ticket.issued',
    'ticket.called',
    'ticket.noted',
    'ticket.transferred',
  ]);
  const told = storyForAgency(events, shared, other);
  expect(told).toMatchObject({
    isWhole: false,
    steps: [{ type: 'ticket.transferred', note: 'for you', by: { kind: 'manager' } }],
  });
  expect(JSON.stringify(told)).not.toMatch(/only for us|mira|c1/);
  expect(storyForAgency(events, shared, 'town' as AgencyId)).toEqual({ isWhole: true, steps: storyOf(events) });
  expect(storyForAgency(events.slice(0, 2), shared, other)).toBeNull();
});

/** An event of each kind that a ticket has, with what its words must name. */
const told: Readonly<Record<Extract<EventType, `ticket.${string}`>, [more: Partial<StoryStep>, words: RegExp]>> = {
  'ticket.issued': [{ priority: 'old', ahead: 21, bookedFor: at('09:45') }, /Tax.*Old.*09:45.*21/],
  'ticket.called': [{ ...c1, why: { rule: 'head-start', waitedMs: 1, headStartMs: minutes(13) } }, /7.*13/],
  'ticket.recalled': [c1, /7/],
  'ticket.started': [c1, /7/],
  'ticket.finished': [{ ...c1, outcome: 'signed' }, /7.*signed/],
  'ticket.went-on': [{ ...c1, toServiceId: 'land' }, /7.*Land/],
  'ticket.held': [{ until: at('09:45'), reason: 'a copy' }, /09:45.*a copy/],
  'ticket.returned': [{}, /./],
  'ticket.parked': [{ ...c1, agentId: 'adi' }, /7.*adi/],
  'ticket.resumed': [c1, /7/],
  'ticket.transferred': [{ toServiceId: 'land', reservedFor: { agentId: 'budi' } }, /Land.*budi/],
  'ticket.leg-added': [{ legServiceId: 'land' }, /Land/],
  'ticket.rejoined': [{ place: 'kept' }, /./],
  'ticket.noted': [{ note: 'a chair' }, /./],
  'ticket.reclassed': [{ priority: 'old' }, /Old/],
  'ticket.reassigned': [{ reservedFor: c1 }, /7/],
  'ticket.undone': [{ action: 'finish' }, /./],
  'ticket.missed': [c1, /7/],
  'ticket.cancelled': [{ reason: 'visitor' }, /./],
  'ticket.no-showed': [{}, /./],
};

const branch = {
  zone: 'Asia/Jakarta',
  languages: ['en'],
  agencies: [],
  services: [
    { id: 'tax', agencyId: 'a', name: { en: 'Tax' } },
    { id: 'land', agencyId: 'a', name: { en: 'Land' } },
  ],
  counters: [{ id: 'c1', number: 7, serves: [] }],
  priorities: [{ id: 'old', name: { en: 'Old' } }],
} as unknown as BranchView;

test.each(Object.entries({ en, id, az, ru }))(
  '[PAST-4] in %s every step of a story has words of its own, with where, whom and why',
  (language, catalogue) => {
    const say = translator(language, catalogue);
    const names = new HallNames(branch);
    const step = (type: string, more: Partial<StoryStep>): StoryStep => ({
      version: 1,
      at: at('09:00'),
      type,
      by: { kind: 'agent', staffId: 'adi' },
      serviceId: 'tax',
      ...more,
    });
    const said = Object.entries(told).map(([type, [more, words]]) => {
      const text = sayStep(step(type, more), say, names, language);
      // In some languages the order is another.
      for (const word of words.source.split('.*').filter((part) => part !== '.')) expect(text, type).toContain(word);
      expect(text).not.toMatch(/ticket\.|[{}]/);
      return text;
    });
    expect(new Set(said).size).toBe(said.length);
    expect(sayStep(step('ticket.teleported', {}), say, names, language)).toBe('ticket.teleported');
    const who = ['kiosk', 'visitor', 'timer', 'system', 'agent', 'auditor'].map((kind) =>
      sayWho({ by: { kind } }, say),
    );
    expect(new Set(who).size).toBe(6);
    expect(sayWho({ by: { kind: 'agent', staffId: agentId('adi') } }, say)).toBe('adi');
  },
);
