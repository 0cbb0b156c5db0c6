import { Command } from 'commander';
import { StartUpError } from '../start-up/start-up-error.ts';
import { benchCommand, benchReportsCommand, benchWaitsCommand } from './bench.ts';
import { blueprintCommand } from './blueprint.ts';
import { doctorCommand } from './doctor.ts';
import { fakePrinterCommand } from './fake-printer.ts';
import { migrateCommand } from './migrate.ts';
import { replayCommand } from './replay.ts';
import { rightsCommand } from './rights.ts';
import { settingsCommand } from './settings.ts';
import { staffCommand } from './staff.ts';
import { startCommand } from './start.ts';
import { voicesCommand } from './voices.ts';

const program = new Command('antrean').description('Queue management for one-stop public service halls');
startCommand(program);
blueprintCommand(program);
staffCommand(program);
migrateCommand(program);
doctorCommand(program);
fakePrinterCommand(program);
replayCommand(program);
rightsCommand(program);
settingsCommand(program);
benchCommand(program);
benchWaitsCommand(program);
benchReportsCommand(program);
voicesCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof StartUpError)) throw error;
  console.error(`Antrean cannot do that: ${error.message}`);
  process.exitCode = 1;
}
