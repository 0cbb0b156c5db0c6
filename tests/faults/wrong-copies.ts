import { isDeepStrictEqual } from 'node:util';
import { keysOf } from '@antrean/server/live/keys.ts';
import { waitingFor } from '@antrean/shared/domain/hall.ts';
import type { BranchId, ServiceId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import type { Sql } from 'postgres';
import { foldedHall, viewOf } from '../harness/folded-hall.ts';
import { serviceCount } from '../harness/plain-hall.ts';
import type { TestScreen } from '../harness/test-screen.ts';

/**
 * Compares every copy there is - Redis' lines and board, the screens - with the ledger, folded anew, to the last
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
  const board = viewOf(hall, 'board');
  const names = keysOf(branchId as BranchId);
  const wrong: string[] = [];
  screens.forEach((screen, index) => {
    if (!isDeepStrictEqual(new Map(screen.entries()), board)) wrong.push(`screen ${index} shows something else`);
  });
  const state = await redis.hgetall(names.state);
  if (state.epoch !== epoch || Number(state.version) !== hall.version) {
    wrong.push(`Redis is at ${state.version}, the ledger at ${hall.version}`);
  }
  const held = Object.entries(await redis.hgetall(names.board)).map(([key, json]): [string, unknown] => [
    key,
    JSON.parse(json),
  ]);
  if (!isDeepStrictEqual(new Map(held.sort()), new Map([...board].sort()))) wrong.push('the board in Redis differs');
  for (let index = 0; index < serviceCount; index++) {
    const serviceId = `S-${index}` as ServiceId;
    const line = await redis.zrange(names.line(serviceId), '0', '-1');
    const waiting = waitingFor(hall, serviceId).map(({ id }) => id as string);
    if (!isDeepStrictEqual(line, waiting)) {
      wrong.push(`the line ${serviceId} has ${line.length} in Redis, ${waiting.length} in the ledger`);
    }
  }
  return wrong;
};
