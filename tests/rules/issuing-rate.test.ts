import { IssuingRate } from '@antrean/server/insight/issuing-rate.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { expect, test } from 'vitest';
import { agent, kiosk } from './story.ts';

const dayMs = 24 * 60 * 60_000;
const noon = Date.parse('2026-08-18T12:00:00Z');

/** A ledger of days, with so many tickets of each quarter of an hour from noon on. */
class Days {
  readonly rate = new IssuingRate();
  #version = 0;

  day(ago: number, quarters: readonly number[], actor = kiosk): this {
    const opened = noon - ago * dayMs;
    this.#add('day.opened', opened - 60_000, { date: new Date(opened).toISOString().slice(0, 10) });
    for (const [quarter, count] of quarters.entries()) {
      for (let one = 0; one < count; one++) this.issue(opened + quarter * 900_000 + one * 1_000, actor);
    }
    return this;
  }

  issue(at: number, actor = kiosk): void {
    this.#add('ticket.issued', at, {}, actor);
  }

  #add(type: string, at: number, data: object, actor = kiosk): void {
    this.#version += 1;
    this.rate.take([{ type, at, data, actor, version: this.#version } as unknown as HallEvent]);
  }
}

test('[DEVICE-7] three times as many as is usual at this time is unusual, from twenty on, once three days are known', () => {
  const threeDays = (): Days => new Days().day(3, [6, 6, 6]).day(2, [6, 6, 6]).day(1, [6, 6, 6]);
  const now = noon + 15 * 60_000 + 899_000;
  expect(threeDays().day(0, [6, 18]).rate.now(now)).toEqual({ lastQuarter: 18, usual: 6, isUnusual: false });
  expect(threeDays().day(0, [6, 19]).rate.now(now).isUnusual).toBe(false);
  expect(threeDays().day(0, [6, 20]).rate.now(now)).toEqual({ lastQuarter: 20, usual: 6, isUnusual: true });
  // At another time of the day as many are usual, and later it is over.
  expect(
    threeDays()
      .day(0, [6, 20])
      .rate.now(now + 15 * 60_000),
  ).toMatchObject({ lastQuarter: 0, isUnusual: false });
  const busy = new Days().day(3, [6, 30, 6]).day(2, [6, 30, 6]).day(1, [6, 30, 6]).day(0, [6, 40]);
  expect(busy.rate.now(now)).toEqual({ lastQuarter: 40, usual: 14, isUnusual: false });
  const two = new Days().day(2, [6, 6, 6]).day(1, [6, 6, 6]).day(0, [6, 200]);
  expect(two.rate.now(now)).toEqual({ lastQuarter: 200, usual: null, isUnusual: false });
});

test('[DEVICE-7] what staff issue is not counted, a day of floods does not make the next one usual, and nothing counts twice', () => {
  const days = new Days().day(4, [6, 6, 6]).day(3, [6, 6, 6]).day(2, [500, 500, 500]).day(1, [6, 6, 6]);
  days.day(0, [40], agent('asih'));
  expect(days.rate.now(noon + 60_000)).toEqual({ lastQuarter: 0, usual: 4, isUnusual: false });
  for (let count = 0; count < 20; count++) days.issue(noon + 61_000);
  const seen = days.rate.now(noon + 62_000);
  expect(seen).toMatchObject({ lastQuarter: 20, isUnusual: true });
  const again = {
    type: 'ticket.issued',
    at: noon + 61_500,
    data: {},
    actor: kiosk,
    version: 1,
  } as unknown as HallEvent;
  days.rate.take([again, again]);
  expect(days.rate.now(noon + 62_000)).toEqual(seen);
});
