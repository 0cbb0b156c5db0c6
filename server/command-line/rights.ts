import { type Command, Option } from 'commander';
import { grantRights, type RoleUse } from '../ledger/grant-rights.ts';
import { readSettings } from '../start-up/settings.ts';
import { StartUpError } from '../start-up/start-up-error.ts';

export const rightsCommand = (program: Command): void => {
  program
    .command('rights <role>')
    .description('give a role of Postgres just what it needs, as the owner of the tables (ANTREAN_OWNER_URL)')
    .addOption(new Option('--for <use>', 'what the role is for').choices(['server', 'reports']).makeOptionMandatory())
    .action(async (role: string, { for: use }: { for: RoleUse }) => {
      const { ANTREAN_OWNER_URL: ownerUrl } = readSettings();
      if (!ownerUrl) throw new StartUpError('set ANTREAN_OWNER_URL to the database as the owner of its tables');
      await grantRights(ownerUrl, role, use).catch((error: Error) => {
        throw new StartUpError(`${role} could not be given its rights: ${error.message}`, { cause: error });
      });
      console.log(`${role} has what ${use === 'server' ? 'the server needs' : 'reports need'}, and nothing else.`);
    });
};
