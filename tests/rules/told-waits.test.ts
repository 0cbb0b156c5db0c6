import { startLegsFold, takeLegs } from '@antrean/server/insight/fold-legs.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type KeptWaits, keptWaits } from '@antrean/shared/domain/kept-waits.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import type { VisitLeg } from '@antrean/shared/domain/visit-legs.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { madeLedger } from '../harness/made-ledger.ts';
import { twoAgencies } from '../harness/plain-hall.ts';
import { toldRanges } from '../harness/told-ranges.ts';
import { anyDay, live } from './any-commands.ts';

const branch = 'hall' as BranchId;
const seed = process.env.ANTREAN_SEED === undefined ? {} : { seed: Number(process.env.ANTREAN_SEED) };
const rangeOf = ({ toldFrom, toldTo }: VisitLeg) => [toldFrom, toldTo];

/** The legs as a node keeps them that begins anew after so many events, each time with no more than what is kept. */
const legsKept = async (events: readonly HallEvent[], setup: BranchSetup, cuts: readonly number[]) => {
  const rows = new Map<string, VisitLeg>();
  let kept: { dayVersion: number; dayWaits: KeptWaits } | null = null;
  let from = 0;
  for (const to of [...cuts, events.length]) {
    const fold = startLegsFold(branch, 'epoch', () => Promise.resolve(setup), kept);
    // First what is written already, from the beginning of its day.
    await takeLegs(fold, events.slice(fold.version, from));
    const lot = await takeLegs(fold, events.slice(from, to));
    for (const { ticketId, day, legs } of lot.shorter)
      for (let leg = legs; rows.delete(`${day} ${ticketId} ${leg}`); leg++);
    for (const row of lot.rows) rows.set(`${row.day} ${row.ticketId} ${row.leg}`, row);
    const { dayVersion, dayWaits } = fold;
    kept = { dayVersion, dayWaits: JSON.parse(JSON.stringify(dayWaits)) as KeptWaits };
    from = to;
  }
  return [...rows.values()];
};

test('[REPORT-20] on any day each leg has the range that a node would have told then', async () => {
  let [told, later] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anyDay, fc.array(fc.nat(60), { maxLength: 3 }), async (day, cuts) => {
      const lived = live(day);
      const events = lived.flatMap((each) => each.events);
      const { setup } = lived[0]!;
      const sorted = cuts.filter((cut) => cut <= events.length).sort((a, b) => a - b);
      const legs = await legsKept(events, setup, sorted);
      expect(legs).toEqual(toldRanges(events, () => setup)(legs));
      for (const leg of legs) {
        if (leg.toldTo === null) continue;
        told++;
        if (leg.leg > 0) later++;
        expect(leg.toldFrom).toBeGreaterThanOrEqual(5);
        expect(leg.toldTo).toBeGreaterThan(leg.toldFrom!);
      }
    }),
    { numRuns: 1_000, ...seed },
  );
  console.log(`told: ${told} legs, ${later} of them not the first of a visit`);
  expect(told).toBeGreaterThan(100);
});

test.each([1, 2, 3])('[REPORT-20] of made days, seed %i, wherever the fold begins anew', async (which) => {
  const blueprint = {
    ...twoAgencies,
    branch,
    rules: { ...twoAgencies.rules, undoSeconds: 60, callNextFinishes: false },
  };
  const dates = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
  const events = madeLedger({ blueprint, seed: which, dates, ticketsADay: 150, counters: 3 });
  const setup = setupOfBlueprint(blueprint);
  const tell = toldRanges(events, () => setup);
  const opened = events.filter(({ type }) => type === 'day.opened').map(({ version }) => version);
  for (const cuts of [[], [1, 777, 1_500, 2_000], opened, opened.map((version) => version - 1)]) {
    const legs = await legsKept(
      events,
      setup,
      cuts.filter((cut) => cut < events.length),
    );
    expect(legs.length).toBeGreaterThan(400);
    expect(legs, cuts.join()).toEqual(tell(legs));
  }
  // What is learnt matters: of the same day after no other days something else is told.
  const last = events.slice(opened.at(-1)! - 1).map((event, index) => ({ ...event, version: index + 1 }));
  const alone = await legsKept(last, setup, []);
  const among = new Map((await legsKept(events, setup, [])).map((leg) => [`${leg.ticketId} ${leg.leg}`, leg]));
  expect(alone.map(rangeOf)).not.toEqual(alone.map(({ ticketId, leg }) => rangeOf(among.get(`${ticketId} ${leg}`)!)));
});

test('[REPORT-20] what is kept of what was learnt is small, and to the last bit the same', async () => {
  const blueprint = { ...twoAgencies, branch };
  const dates = ['2026-03-02', '2026-03-03'];
  const events = madeLedger({ blueprint, seed: 9, dates, ticketsADay: 300, counters: 3 });
  const setup = setupOfBlueprint(blueprint);
  const fold = startLegsFold(branch, 'epoch', () => Promise.resolve(setup), null);
  await takeLegs(fold, events);
  const text = JSON.stringify(keptWaits(fold.waits.learnt));
  expect(text.length).toBeLessThan(10_000);
  const again = startLegsFold(branch, 'epoch', () => Promise.resolve(setup), {
    dayVersion: 1,
    dayWaits: JSON.parse(text) as KeptWaits,
  });
  expect(JSON.stringify(again.dayWaits)).toBe(text);
});
