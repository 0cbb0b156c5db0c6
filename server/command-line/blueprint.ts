import { readFileSync } from 'node:fs';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Command } from 'commander';
import { applyBlueprint } from '../setup/apply-blueprint.ts';
import { exportBlueprint } from '../setup/export-blueprint.ts';
import { findStranded } from '../setup/find-stranded.ts';
import { parseBlueprint } from '../setup/parse-blueprint.ts';
import { writeBlueprint } from '../setup/write-blueprint.ts';
import { StartUpError } from '../start-up/start-up-error.ts';
import { withDatabase } from './installation.ts';

export const blueprintCommand = (program: Command): void => {
  const blueprint = program.command('blueprint').description('a hall as one file (docs/blueprint.md)');
  blueprint.command('check <file>').description('name every fault of a blueprint with its place').action(check);
  blueprint.command('import <file>').description('make a hall what the file says, all or nothing').action(importFile);
  blueprint.command('export <branch>').description('write a hall as a blueprint').action(exportTo);
};

const check = (file: string): void => {
  const { services, counters } = read(file);
  console.log(`${file} is right: ${services.length} services, ${counters.length} counters.`);
};

const importFile = async (file: string): Promise<void> => {
  const blueprint = read(file);
  const report = await withDatabase(async (sql) => {
    const stranded = await findStranded(sql, blueprint);
    if (stranded.length === 0) return applyBlueprint(sql, blueprint);
    for (const sentence of stranded) console.error(`${file}: ${sentence}`);
    throw new StartUpError(
      'nothing was changed: let these people be served first, keep what they need, or import after the day is closed',
    );
  });
  if (!report.changed) return console.log(`${blueprint.branch} is as the file says already: nothing was changed.`);
  for (const kind of ['agencies', 'services', 'priorities', 'counters'] as const) {
    const { added, changed, moved, retired } = report[kind];
    console.log(`${kind}: ${added} added, ${changed} changed, ${moved} moved, ${retired} retired`);
  }
  console.log(`${blueprint.branch} is now at revision ${report.revision}.`);
};

const exportTo = async (branchId: string): Promise<void> => {
  const exported = await withDatabase((sql) => exportBlueprint(sql, branchId));
  if (!exported) throw new StartUpError(`there is no branch ${branchId}`);
  process.stdout.write(writeBlueprint(exported.blueprint));
};

const read = (file: string): Blueprint => {
  const { blueprint, faults } = parseBlueprint(textOf(file));
  if (blueprint) return blueprint;
  for (const { line, column, message } of faults) console.error(`${file}:${line}:${column}: ${message}`);
  throw new StartUpError(`${faults.length} faults in ${file}; nothing was changed`);
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartUpError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
};
