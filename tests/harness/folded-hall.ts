import { foldOn } from '@antrean/server/doctor/fold-on.ts';
import { readHead } from '@antrean/server/ledger/read-head.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Sql } from 'postgres';

/** What the ledger says, folded anew as the doctor does: the truth that every copy is held against. */
export const foldedHall = async (sql: Sql, branchId: string): Promise<{ hall: Hall; epoch: string }> => {
  const { epoch } = await readHead(sql, branchId as BranchId);
  return { hall: await foldOn(sql, emptyHall(branchId as BranchId)), epoch };
};
