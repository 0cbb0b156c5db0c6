import { readEvents } from '@antrean/server/ledger/read-events.ts';
import { readHead } from '@antrean/server/ledger/read-head.ts';
import { applyTo, draftOf } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { AudienceName } from '@antrean/shared/protocol/screens.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import type { Sql } from 'postgres';

/** What the ledger says, folded anew and by nobody's memory: the truth that every copy is held against. */
export const foldedHall = async (sql: Sql, branchId: string): Promise<{ hall: Hall; epoch: string }> => {
  const id = branchId as BranchId;
  const { epoch, dayVersion } = await readHead(sql, id);
  const draft = draftOf(emptyHall(id, Math.max(0, dayVersion - 1)));
  for (const event of await readEvents(sql, id, draft.version)) applyTo(draft, event);
  return { hall: draft, epoch };
};

/** Everything an audience must see of a hall, as plain JSON by key. */
export const viewOf = (hall: Hall, audience: AudienceName): Map<string, unknown> =>
  new Map(
    [...audienceOf[audience].keys(hall)]
      .map((key): [string, unknown] => [key, audienceOf[audience].value(hall, key)])
      .filter(([, value]) => value !== undefined),
  );
