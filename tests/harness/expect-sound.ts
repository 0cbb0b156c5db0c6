import { examine } from '@antrean/server/doctor/examine.ts';
import type { HeardAnswers } from '@antrean/server/doctor/check-answers.ts';
import { connectRedis } from '@antrean/server/live/connect-redis.ts';
import { expect } from 'vitest';
import type { TestHall } from './test-hall.ts';

/**
 * Nothing is wrong with the hall: the same examination that `antrean doctor` makes.
 *
 * @param seesScreens whether to join each node as a screen, which waits for a heartbeat
 * @returns how many events were checked
 */
export const expectSound = async (
  { sql, redis, nodes }: Pick<TestHall, 'sql' | 'redis' | 'nodes'>,
  { heard, seesScreens = false }: { heard?: HeardAnswers; seesScreens?: boolean } = {},
): Promise<number> => {
  const connection = connectRedis(redis.url, () => {});
  await new Promise((resolve) => connection.once('ready', resolve).once('error', resolve));
  try {
    const patient = { sql, redis: connection, ...(heard && { heard }) };
    const addresses = seesScreens ? nodes.map(({ address }) => address) : [undefined];
    let events = 0;
    for (const address of addresses) {
      for (const examination of await examine({ ...patient, ...(address && { address }) })) {
        expect(examination.findings).toEqual([]);
        expect(examination.notChecked.filter((line) => !line.startsWith('screens:'))).toEqual([]);
        events += examination.events;
      }
    }
    return events;
  } finally {
    connection.disconnect();
  }
};
