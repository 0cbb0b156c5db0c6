import type { Command } from 'commander';
import { migrateDatabase } from '../ledger/migrate-database.ts';
import { findInstallation } from './installation.ts';

export const migrateCommand = (program: Command): void => {
  program
    .command('migrate')
    .description('bring the database to this version, as every start does too')
    .action(async () => {
      await migrateDatabase(findInstallation().databaseUrl);
      console.log('The database is up to date.');
    });
};
