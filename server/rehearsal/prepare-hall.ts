import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import postgres from 'postgres';
import { createStaff } from '../access/create-staff.ts';
import { applyBlueprint } from '../setup/apply-blueprint.ts';
import { hallApi, HallRejects } from './hall-api.ts';
import { type HallOfRecord, matchToHall } from './hall-of-record.ts';
import { recordedDesk } from './recorded-desk.ts';
import type { RecordedFile, RecordedVisit } from './recorded-day.ts';
import { readBoard } from './read-board.ts';
import type { RuleSet } from './rule-sets.ts';

export interface PreparedHall {
  readonly hall: HallOfRecord;
  readonly account: { readonly login: string; readonly password: string };
}

/** A short time: before the replay begins there is nothing to lose, and somebody waits for the answer. */
const patienceMs = 5_000;

/**
 * Makes the record's own hall in the installation's database, with a manager for it alone whose password nobody sees.
 * Preparing the same file again changes nothing but that password.
 *
 * @throws when the database cannot be reached, or the server at the address works on another one
 */
export const makeRecordedDesk = async (
  databaseUrl: string,
  address: string,
  record: RecordedFile,
  rules?: RuleSet,
): Promise<PreparedHall> => {
  const { blueprint, hall } = recordedDesk(record, rules);
  const login = `replay-${hall.branchId}`;
  const sql = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await applyBlueprint(sql, blueprint);
    const password = await createStaff(sql, {
      login,
      displayName: 'Replay',
      role: 'manager',
      branchId: hall.branchId,
    });
    const seen = await hallApi({ address, branchId: hall.branchId, patienceMs }).read<BranchView>('');
    if (!seen) throw new HallRejects(`the server at ${address} does not use the database that DATABASE_URL names`);
    return { hall, account: { login, password } };
  } finally {
    await sql.end({ timeout: 1 });
  }
};

/** Lets a hall that is there already stand for the record's desk, with those of its counters that nobody is at. */
export const borrowHall = async (
  address: string,
  branchId: string,
  account: PreparedHall['account'],
  visits: readonly RecordedVisit[],
): Promise<PreparedHall> => {
  const api = hallApi({ address, branchId, patienceMs });
  const branch = await api.read<BranchView>('');
  if (!branch) throw new HallRejects(`there is no hall ${branchId} at ${address}: look at ${address}/v1/branches`);
  const { openCounters } = await readBoard(api);
  const hall = matchToHall(visits, branch, (counterId) => !openCounters.has(counterId));
  if (hall.counters.length === 0) {
    throw new HallRejects(
      `every counter of ${branchId} is open: close those the replay may use, or choose another hall`,
    );
  }
  return { hall, account };
};
