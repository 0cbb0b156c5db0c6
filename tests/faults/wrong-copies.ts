import { isDeepStrictEqual } from 'node:util';
import { checkLive } from '@antrean/server/doctor/check-live.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import { viewOf } from '@antrean/shared/views/audience.ts';
import type { Redis } from 'ioredis';
import type { Sql } from 'postgres';
import { foldedHall } from '../harness/folded-hall.ts';
import { plainHall } from '../harness/plain-hall.ts';
import type { TestScreen } from '../harness/test-screen.ts';

/**
 * Compares every copy there is - Redis as the doctor does, and the screens - with the ledger, folded anew, to the last
 * ticket (I10, I11). Only in a quiet hall can they be equal.
 *
 * @returns what differs, in words
 */
export const wrongCopies = async (
  sql: Sql,
  branchId: string,
  redis: Redis,
  screens: readonly TestScreen[],
): Promise<string[]> => {
  const { hall, epoch } = await foldedHall(sql, branchId);
  const board = viewOf('board', hall);
  const services = new Set(plainHall.services.map(({ id }) => id as ServiceId));
  const inRedis = await checkLive(redis, sql, { hall, epoch, services });
  return [
    ...inRedis.map(({ message }) => message),
    ...screens.flatMap((screen, index) =>
      isDeepStrictEqual(new Map(screen.entries()), board) ? [] : [`screen ${index} shows something else`],
    ),
  ];
};
