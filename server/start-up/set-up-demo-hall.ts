import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { importBlueprint } from '../setup/import-blueprint.ts';
import { parseBlueprint } from '../setup/parse-blueprint.ts';
import { listBranches } from '../setup/read-setup.ts';

const demoBlueprint = new URL('../setup/blueprints/mpp-banyuwangi.yaml', import.meta.url);

const wholeDay = { opens: '00:00', closes: '23:59' };
/** Whoever tries the demo does so at any hour, wherever they are: it opens by itself day and night (DAY-6). */
const aroundTheClock = {
  dayStartsAt: '00:00',
  hours: {
    week: {
      monday: wholeDay,
      tuesday: wholeDay,
      wednesday: wholeDay,
      thursday: wholeDay,
      friday: wholeDay,
      saturday: wholeDay,
      sunday: wholeDay,
    },
  },
} satisfies Partial<Blueprint>;

/**
 * Makes an empty installation the demo hall; one that has a hall stays as it is.
 *
 * @param mark the file that remembers it: who set up a hall of their own must not find demo accounts in it (S1)
 * @returns whether this installation is the demo, from now or before
 */
export const setUpDemoHall = async (sql: Sql, mark: string): Promise<boolean> => {
  if ((await listBranches(sql)).length > 0) return existsSync(mark);
  const { blueprint, faults } = parseBlueprint(readFileSync(demoBlueprint, 'utf8'));
  if (!blueprint) throw new Error(`the shipped blueprint is broken: ${JSON.stringify(faults)}`);
  writeFileSync(mark, '');
  // Nor has it a manager at the door who would pair its kiosk.
  await importBlueprint(sql, {
    ...blueprint,
    ...aroundTheClock,
    rules: { ...blueprint.rules, openScreens: true },
  });
  return true;
};
