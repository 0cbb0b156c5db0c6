import {
  alertChanges,
  type AlertFacts,
  fewestWaits,
  isWorse,
  type StandingAlert,
} from '@antrean/shared/domain/alerts.ts';
import { type Hall, ticketAt } from '@antrean/shared/domain/hall.ts';
import type { AlertLimits } from '@antrean/shared/domain/setup.ts';
import { waitsSince } from '@antrean/shared/domain/ticket.ts';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { anyDay, live } from './any-commands.ts';
import { agent, at, counterId, minutes, Story } from './story.ts';

/** A hall of which alerts are told, as the server does it: look, keep what stands, look again. */
class Watch {
  standing: StandingAlert[] = [];
  readonly limits: AlertLimits;
  constructor(limits: AlertLimits) {
    this.limits = limits;
  }

  /** @returns what has changed, as `+kind/subject value` and `-kind/subject worst` */
  look(hall: Hall, now: number, facts: Partial<AlertFacts> = {}): string[] {
    const known = { hall, now, limits: this.limits, confirmsArrival: true, waits: null, devices: [], ...facts };
    const { raised, worse, resolved } = alertChanges(this.standing, known);
    for (const { kind, subject, value } of worse) {
      this.standing = this.standing.map((alert) =>
        alert.kind === kind && alert.subject === subject ? { ...alert, worst: value } : alert,
      );
    }
    this.standing = this.standing.filter((alert) => !resolved.some((over) => over === alert));
    this.standing.push(...raised.map(({ kind, subject, value }) => ({ kind, subject, worst: value })));
    // Of the same facts a second look changes nothing.
    const again = alertChanges(this.standing, known);
    expect([again.raised, again.worse, again.resolved]).toEqual([[], [], []]);
    return [
      ...raised.map(({ kind, subject, value }) => `+${kind}/${subject} ${value}`),
      ...resolved.map(({ kind, subject }) => `-${kind}/${subject}`),
    ];
  }

  worst(): number[] {
    return this.standing.map(({ worst }) => worst);
  }
}

const c1 = { counterId: counterId('c1') };

test('[ALERT-1] [ALERT-2] the longest wait of a line is told from its limit on, until nobody waits for nine tenths of it', () => {
  const watch = new Watch({ waitMinutes: 30 });
  const story = new Story({ confirmsArrival: false }).openDay().openCounter();
  story.issue('tax', '09:00');
  story.issue('tax', '09:01', 'elderly');
  story.issue('tax', '09:06');
  story.issue('land', '09:20');
  expect(watch.look(story.hall, at('09:30') - 1)).toEqual([]);
  expect(watch.look(story.hall, at('09:30'))).toEqual(['+longest-wait/tax 30']);
  watch.look(story.hall, at('09:32') - 1);
  expect(watch.worst()).toEqual([31]);
  // Those who came at one and at six past wait for more than 27 minutes at 09:34: it neither ends nor is raised anew.
  story.callNext('c1', '09:33');
  story.tell('finish', { ...c1, outcome: null }, at('09:33') + 1);
  expect(watch.look(story.hall, at('09:34'))).toEqual([]);
  story.callNext('c1', '09:34');
  expect(watch.look(story.hall, at('09:34'))).toEqual([]);
  story.tell('finish', { ...c1, outcome: null }, at('09:34') + 1);
  story.callNext('c1', '09:35');
  expect(watch.look(story.hall, at('09:35'))).toEqual(['-longest-wait/tax']);
  expect(watch.look(story.hall, at('09:50'))).toEqual(['+longest-wait/land 30']);
});

test('[ALERT-1] [ALERT-2] how many wait in the hall is told, and over below nine tenths', () => {
  const watch = new Watch({ waiting: 10 });
  const story = new Story().openDay().openCounter();
  for (let count = 0; count < 9; count++) story.issue(count % 2 ? 'tax' : 'land', '09:00');
  expect(watch.look(story.hall, at('09:01'))).toEqual([]);
  story.issue('birth', '09:01');
  expect(watch.look(story.hall, at('09:01'))).toEqual(['+waiting/ 10']);
  const serveOne = (time: string): void => {
    story.callNext('c1', time);
    story.tell('start', c1, at(time));
    story.tell('finish', { ...c1, outcome: null }, at(time));
  };
  serveOne('09:02');
  expect(watch.look(story.hall, at('09:02'))).toEqual([]);
  serveOne('09:03');
  expect(watch.look(story.hall, at('09:03'))).toEqual(['-waiting/']);
});

test('[ALERT-1] [ALERT-2] [ALERT-3] the share of good waits is told of twenty waits or more, until it is two points better', () => {
  const watch = new Watch({ sharePercent: 80 });
  const { hall } = new Story().openDay();
  const share = (count: number, of: number) => watch.look(hall, at('10:00'), { waits: { count, of } });
  expect(share(0, fewestWaits - 1)).toEqual([]);
  expect(share(16, 20)).toEqual([]);
  expect(share(15, 20)).toEqual(['+share-within-target/ 75']);
  expect(share(14, 20)).toEqual([]);
  expect(watch.worst()).toEqual([70]);
  expect(watch.look(hall, at('10:00'), { waits: null })).toEqual([]);
  expect(share(81, 100)).toEqual([]);
  expect(share(82, 100)).toEqual(['-share-within-target/']);
  const strict = new Watch({ sharePercent: 100 });
  expect(strict.look(hall, at('10:00'), { waits: { count: 99, of: 100 } })).toEqual(['+share-within-target/ 99']);
  expect(strict.look(hall, at('10:00'), { waits: { count: 100, of: 100 } })).toEqual(['-share-within-target/']);
});

test('[ALERT-1] [ALERT-2] one visitor at a counter for long is told by counter, and over with the visit', () => {
  const watch = new Watch({ servingMinutes: 20 });
  const story = new Story().openDay().openCounter();
  story.issue('tax', '09:00');
  story.callNext('c1', '09:00');
  expect(watch.look(story.hall, at('09:30'))).toEqual([]);
  story.tell('start', c1, at('09:30'));
  expect(watch.look(story.hall, at('09:50') - 1)).toEqual([]);
  expect(watch.look(story.hall, at('09:50'))).toEqual(['+serving-long/c1 20']);
  expect(watch.look(story.hall, at('09:58'))).toEqual([]);
  story.tell('finish', { ...c1, outcome: null }, at('09:59'));
  expect(watch.look(story.hall, at('09:59'))).toEqual(['-serving-long/c1']);

  // Whoever was set aside is served since they were taken up again.
  const { id: ticketId } = story.issue('tax', '10:00');
  story.callNext('c1', '10:00');
  story.tell('start', c1, at('10:00'));
  story.tell('park', c1, at('10:10'), agent('adi'));
  story.tell('resume-ticket', { ticketId, ...c1 }, at('10:40'), agent('adi'));
  expect(watch.look(story.hall, at('10:59'))).toEqual([]);
  expect(watch.look(story.hall, at('11:00'))).toEqual(['+serving-long/c1 20']);
});

test('[ALERT-1] where arrivals are not confirmed, a visit lasts since its call', () => {
  const watch = new Watch({ servingMinutes: 20 });
  const story = new Story({ confirmsArrival: false }).openDay().openCounter();
  story.issue('tax', '09:00');
  story.callNext('c1', '09:10');
  const facts = { confirmsArrival: false };
  expect(watch.look(story.hall, at('09:29'), facts)).toEqual([]);
  expect(watch.look(story.hall, at('09:30'), facts)).toEqual(['+serving-long/c1 20']);
});

test('[ALERT-1] [ALERT-2] a device that is silent is told until it is heard of, or is the hall’s no more', () => {
  const watch = new Watch({ silentMinutes: 5 });
  const { hall } = new Story().openDay();
  const heard = (...times: string[]) => ({
    devices: times.map((time, index) => ({ id: `d${index}`, heardAt: at(time) })),
  });
  expect(watch.look(hall, at('09:04'), heard('09:00', '09:03'))).toEqual([]);
  expect(watch.look(hall, at('09:06'), heard('09:00', '09:03'))).toEqual(['+device-silent/d0 6']);
  expect(watch.look(hall, at('09:10'), heard('09:09', '09:03'))).toEqual(['+device-silent/d1 7', '-device-silent/d0']);
  expect(watch.look(hall, at('09:11'), heard('09:09'))).toEqual(['-device-silent/d1']);
});

test('[ALERT-1] [ALERT-2] alerts stand while the day is open and their limit is there', () => {
  const story = new Story().openDay().openCounter();
  story.issue('tax', '09:00');
  const watch = new Watch({ waitMinutes: 30, waiting: 1 });
  expect(watch.look(story.hall, at('09:40'))).toEqual(['+longest-wait/tax 40', '+waiting/ 1']);
  const other = new Watch({ waitMinutes: 30 });
  other.standing = [...watch.standing];
  expect(other.look(story.hall, at('09:40'))).toEqual(['-waiting/']);
  story.tell('close-day', {}, at('09:50'));
  expect(watch.look(story.hall, at('09:50'))).toEqual(['-longest-wait/tax', '-waiting/']);
  expect(watch.look(story.hall, at('09:50'), { waits: { count: 0, of: 100 } })).toEqual([]);
});

test('of a share less is worse, of all else more', () => {
  expect(isWorse({ kind: 'share-within-target', value: 60 }, 61)).toBe(true);
  expect(isWorse({ kind: 'waiting', value: 60 }, 61)).toBe(false);
});

const seen = { days: 0, raised: 0, ended: 0 };
afterAll(() => {
  console.log(`alerts: of ${seen.days} days ${seen.raised} raised, ${seen.ended} over`);
  expect(seen.raised).toBeGreaterThan(50);
  expect(seen.ended).toBeGreaterThan(50);
});

/** The same, reckoned from the tickets alone: how long, ms, or how many, by what it is about. */
const reckon = (hall: Hall, now: number): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  const tickets = [...hall.tickets.values()];
  const waiting = tickets.filter(({ status }) => status === 'waiting');
  for (const ticket of waiting) {
    const key = `longest-wait/${ticket.serviceId}`;
    found.set(key, Math.max(found.get(key) ?? -Infinity, now - waitsSince(ticket)));
  }
  found.set('waiting/', waiting.length);
  return found;
};

test('[ALERT-1] [ALERT-2] on any day alerts of waits begin and end as the tickets tell', () => {
  fc.assert(
    fc.property(
      anyDay,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 4 }),
      (day, waitMinutes, waiting) => {
        const watch = new Watch({ waitMinutes, waiting });
        const stands = new Set<string>();
        seen.days += 1;
        for (const { after, now } of live(day)) {
          for (const later of [0, minutes(waitMinutes) / 3, minutes(waitMinutes)]) {
            const at = now + later;
            const changes = watch.look(after, at).map((text) => text.replace(/ .*/, ''));
            const values = after.day?.isOpen ? reckon(after, at) : new Map<string, number>();
            const expected: string[] = [];
            for (const key of new Set([...values.keys(), ...stands])) {
              const value = values.get(key) ?? -Infinity;
              const limit = key === 'waiting/' ? waiting : minutes(waitMinutes);
              if (!stands.has(key) && value >= limit) expected.push(`+${key}`);
              else if (stands.has(key) && value < limit * 0.9) expected.push(`-${key}`);
            }
            expect(changes.toSorted()).toEqual(expected.toSorted());
            for (const change of expected) {
              if (change.startsWith('+')) stands.add(change.slice(1));
              else stands.delete(change.slice(1));
              seen[change.startsWith('+') ? 'raised' : 'ended'] += 1;
            }
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('[ALERT-1] on any day a visit that is told of is at that counter', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const watch = new Watch({ servingMinutes: 1 });
      for (const { after, now } of live(day)) {
        watch.look(after, now + minutes(2));
        for (const { subject } of watch.standing) {
          expect(ticketAt(after, counterId(subject))?.status).toBe('serving');
        }
      }
    }),
    { numRuns: 40 },
  );
});
