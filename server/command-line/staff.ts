import { staffRoles } from '@antrean/shared/domain/permissions.ts';
import { type Command, Option } from 'commander';
import { createStaff, type NewStaff } from '../access/create-staff.ts';
import { resetFactorOf } from '../access/reset-factor.ts';
import { StartUpError } from '../start-up/start-up-error.ts';
import { withDatabase } from './installation.ts';

export const staffCommand = (program: Command): void => {
  const staff = program.command('staff').description('accounts of the staff');
  staff
    .command('reset-second-factor <login>')
    .description('take the second factor off an account, for whoever lost the app and the recovery codes')
    .action(resetSecondFactor);
  staff
    .command('add <login>')
    .description('make an account, or give an existing one this role and a new password')
    .addOption(new Option('--role <role>').choices([...staffRoles]).makeOptionMandatory())
    .option('--name <name>', 'the name colleagues see')
    .option('--branch <id>', 'the only branch the account may work for; absent: all')
    .option('--agency <id>', 'the only agency of that branch the account is for; absent: all')
    .action(add);
};

const resetSecondFactor = async (login: string): Promise<void> => {
  const isReset = await withDatabase((sql) => resetFactorOf(sql, login));
  if (!isReset) throw new StartUpError(`there is no account ${login} with a second factor`);
  console.log(`${login} signs in with the password alone now, and sets up a second factor anew where one is needed.`);
};

const add = async (
  login: string,
  flags: { role: NewStaff['role']; name?: string; branch?: string; agency?: string },
): Promise<void> => {
  const account = {
    login,
    displayName: flags.name ?? login,
    role: flags.role,
    branchId: flags.branch ?? null,
    agencyId: flags.agency ?? null,
    mustChangePassword: true,
  };
  const password = await withDatabase((sql) => createStaff(sql, account));
  console.log(`${login}: ${password}`);
  console.log('The password is shown this once, and changed when it is first used.');
};
