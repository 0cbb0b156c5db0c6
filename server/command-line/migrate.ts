import type { Command } from 'commander';
import { migrateDatabase } from '../ledger/migrate-database.ts';
import { serverUrl } from '../start-up/server-role.ts';
import { readSettings } from '../start-up/settings.ts';
import { findInstallation } from './installation.ts';

export const migrateCommand = (program: Command): void => {
  program
    .command('migrate')
    .description(
      'bring the database to this version and give the role of the server its rights, as every start does too',
    )
    .action(async () => {
      const settings = readSettings();
      const { databaseUrl } = findInstallation();
      await migrateDatabase(settings.ANTREAN_OWNER_URL ?? databaseUrl);
      if (settings.ANTREAN_OWNER_URL) await serverUrl(settings, databaseUrl);
      console.log('The database is up to date.');
    });
};
