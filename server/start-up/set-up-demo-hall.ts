import { readFileSync } from 'node:fs';
import type { Sql } from '../ledger/connect-postgres.ts';
import { importBlueprint } from '../setup/import-blueprint.ts';
import { parseBlueprint } from '../setup/parse-blueprint.ts';
import { listBranches } from '../setup/read-setup.ts';

const demoBlueprint = new URL('../setup/blueprints/mpp-banyuwangi.yaml', import.meta.url);

/** Makes an empty installation the demo hall; one that has a hall stays as it is. */
export const setUpDemoHall = async (sql: Sql): Promise<void> => {
  if ((await listBranches(sql)).length > 0) return;
  const { blueprint, faults } = parseBlueprint(readFileSync(demoBlueprint, 'utf8'));
  if (!blueprint) throw new Error(`the shipped blueprint is broken: ${JSON.stringify(faults)}`);
  await importBlueprint(sql, blueprint);
};
