import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readRecordedDays } from '@antrean/server/rehearsal/read-recorded-day.ts';
import { ruleSets } from '@antrean/server/rehearsal/rule-sets.ts';
import { changeRules } from '@antrean/server/setup/change-rules.ts';
import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { DayWaits } from '@antrean/shared/domain/what-if/measure-waits.ts';
import { simulateDay } from '@antrean/shared/domain/what-if/simulate-day.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { expect, test } from 'vitest';
import { deskOfAgents, ledgerOfRecord } from './ledger-of-record.ts';

/** For research use only, so no part of the product: beside the checkout, or where ANTREAN_RECORDED_DAYS says. */
const file =
  process.env.ANTREAN_RECORDED_DAYS ??
  fileURLToPath(new URL('../../../shared/data/bank-1999-02a.csv', import.meta.url));
const isThere = existsSync(file);
/** Two short days; `ANTREAN_WHAT_IF_DAYS=all` takes every day, for the tables of docs/simulate.md. */
const isWanted = (day: number): boolean => process.env.ANTREAN_WHAT_IF_DAYS === 'all' || [6, 13].includes(day);

const seconds = (ms: number | null): string => ((ms ?? NaN) / 1_000).toFixed(1);
const told = ({ total, byClass }: DayWaits): string =>
  [
    `${total.called} called, mean ${seconds(total.meanMs)} P90 ${seconds(total.p90Ms)} max ${seconds(total.maxMs)} left ${total.left};`,
    ...byClass.map(({ priority, called, meanMs }) => `${priority ?? 'none'} ${called} × ${seconds(meanMs)}`),
  ].join(' ');

test.skipIf(!isThere)(
  '[WHATIF-2] recorded days under each rule set: every ledger sound, everybody accounted for, nearer to the truth than not',
  { timeout: 1_200_000 },
  async () => {
    const record = await readRecordedDays(file);
    const desk = deskOfAgents(record);
    const own = setupOfBlueprint(desk);
    for (const [day, visits] of [...record.days].filter(([day]) => isWanted(day))) {
      const events = ledgerOfRecord(visits, desk, `1999-02-${String(day).padStart(2, '0')}`);
      expect(checkLedger(own.branchId, events)).toEqual([]);
      const recorded = visits.filter(({ served }) => served);
      for (const { name, changeOf } of ruleSets) {
        const changed = changeRules(desk, changeOf(desk));
        expect(changed.faults).toBeUndefined();
        const other = setupOfBlueprint((changed as { blueprint: typeof desk }).blueprint);
        const ledger: HallEvent[] = [];
        const { asItWas, sameRules, otherRules } = simulateDay(events, { own, other }, (event) => ledger.push(event));
        if (name === ruleSets[0]?.name) {
          console.log(`day ${day} as it was   ${told(asItWas)}\nday ${day} same rules  ${told(sameRules)}`);
          expect(asItWas.total).toMatchObject({ called: recorded.length, served: recorded.length });
          // Its agents never rest between two visits, and each may serve everybody.
          expect(sameRules.total.meanMs! / asItWas.total.meanMs!).toBeGreaterThan(0.4);
          expect(sameRules.total.meanMs! / asItWas.total.meanMs!).toBeLessThan(1.1);
          expect(otherRules).toEqual(sameRules);
        } else console.log(`day ${day} ${name.padEnd(10)} ${told(otherRules)}`);
        expect(checkLedger(own.branchId, ledger), name).toEqual([]);
        const { called, left, notCalled } = otherRules.total;
        expect(called + left + notCalled, name).toBe(visits.length);
        expect(otherRules.notes, name).toMatchObject({ notIssued: 0, refused: {} });
      }
    }
  },
);
