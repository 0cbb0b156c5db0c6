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
  { sql, redis, nodes }: Pick<TestHall, 'sql'> & { redis: { url: string }; nodes: readonly { address: string }[] },
  { heard, seesScreens = false }: { heard?: HeardAnswers; seesScreens?: boolean } = {},
): Promise<number> => {
  const connection = connectRedis(redis.url, () => {});
  await new Promise((resolve) => connection.once('ready', resolve).once('error', resolve));
  try {
    const examinations = await examine({
      sql,
      redis: connection,
      addresses: seesScreens ? nodes.map(({ address }) => address) : [],
      ...(heard && { heard }),
    });
    expect(examinations.flatMap(({ findings }) => findings)).toEqual([]);
    expect(examinations.flatMap(({ notChecked }) => notChecked)).toEqual([]);
    return examinations.reduce((sum, { events }) => sum + events, 0);
  } finally {
    connection.disconnect();
  }
};
