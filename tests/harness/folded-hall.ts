import { foldOn } from '@antrean/server/doctor/fold-on.ts';
import { readHead } from '@antrean/server/ledger/read-head.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { AudienceName } from '@antrean/shared/protocol/screens.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import type { Sql } from 'postgres';

/** What the ledger says, folded anew as the doctor does: the truth that every copy is held against. */
export const foldedHall = async (sql: Sql, branchId: string): Promise<{ hall: Hall; epoch: string }> => {
  const { epoch } = await readHead(sql, branchId as BranchId);
  return { hall: await foldOn(sql, emptyHall(branchId as BranchId)), epoch };
};

/** Everything an audience must see of a hall, as plain JSON by key. */
export const viewOf = (hall: Hall, audience: AudienceName): Map<string, unknown> =>
  new Map(
    [...audienceOf[audience].keys(hall)]
      .map((key): [string, unknown] => [key, audienceOf[audience].value(hall, key)])
      .filter(([, value]) => value !== undefined),
  );
