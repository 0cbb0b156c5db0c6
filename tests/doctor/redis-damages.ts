import type { keysOf } from '@antrean/server/live/keys.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import type { Damage } from './damage.ts';

/** Damage to what Redis holds of the hall: A002, A003, B001 … wait, A001 and A004 are at counters or were called. */
export const redisDamages = (names: ReturnType<typeof keysOf>): readonly Damage[] => {
  const line = names.line('S-0' as ServiceId);
  const first = async (redis: Redis): Promise<[id: string, score: string]> =>
    (await redis.zrange(line, '0', '0', 'WITHSCORES')) as [string, string];
  return [
    {
      name: 'a ticket that fell out of its line',
      damage: (_sql, redis) => redis.zpopmin(line),
      invariant: 'I10',
      words: /the line of service S-0 in Redis lacks A00\d, which waits there/,
    },
    {
      name: 'a stranger in a line',
      damage: (_sql, redis) => redis.zadd(line, 1, 'a-stranger'),
      invariant: 'I10',
      words: /the line of service S-0 in Redis has a-stranger, which nobody holds/,
    },
    {
      name: 'people in a line that nobody stands in',
      damage: (_sql, redis) => redis.zadd(names.line('S-3' as ServiceId), 1, 'a-stranger'),
      invariant: 'I10',
      words: /the line of service S-3 in Redis has a-stranger/,
    },
    {
      name: 'somebody who was called and still stands in the line, in the place of another',
      damage: async (sql, redis) => {
        const [called] = await sql<{ id: string }[]>`
          select data->>'ticketId' as id from ticket_event where type = 'ticket.called' order by version desc limit 1`;
        const [id, score] = await first(redis);
        await redis.multi().zrem(line, id).zadd(line, score, called!.id).exec();
      },
      invariant: 'I10',
      words: /the line of service S-0 in Redis has A00\d, which is called/,
    },
    {
      name: 'a line in another order',
      damage: async (_sql, redis) => {
        const [id, score] = await first(redis);
        await redis.zadd(line, Number(score) + 3_600_000_000, id);
      },
      invariant: 'I10',
      words: /the line of service S-0 in Redis has A00\d at the wrong place/,
    },
    {
      name: 'a set of lines that lacks one',
      damage: (_sql, redis) => redis.srem(names.lines, 'S-0'),
      invariant: 'I10',
      words: /the line of service S-0 in Redis is not in the set of lines/,
    },
    {
      name: 'a board entry that was changed',
      damage: (_sql, redis) => redis.hset(names.board, 'day', '{}'),
      invariant: 'I10',
      words: /the board in Redis has {} for day instead of {"date"/,
    },
    {
      name: 'a board entry that is gone',
      damage: (_sql, redis) => redis.hdel(names.board, 'counter/C-1'),
      invariant: 'I10',
      words: /the board in Redis has nothing for counter\/C-1/,
    },
    {
      name: 'a board entry too many',
      damage: (_sql, redis) => redis.hset(names.board, 'counter/C-9', '{"status":"open"}'),
      invariant: 'I10',
      words: /the board in Redis has counter\/C-9, which is not there/,
    },
    {
      name: 'lines that are behind',
      damage: (_sql, redis) => redis.hincrby(names.state, 'version', -1),
      invariant: 'I10',
      words: /Redis stands at version 16, but the ledger had come to 17/,
    },
    {
      name: 'lines that are ahead',
      damage: (_sql, redis) => redis.hincrby(names.state, 'version', 1),
      invariant: 'I12',
      words: /Redis stands at version 18, but only 17 is committed/,
    },
    {
      name: 'a version that is none',
      damage: (_sql, redis) => redis.hset(names.state, 'version', 'many'),
      invariant: 'I10',
      words: /Redis stands at version NaN/,
    },
    {
      name: 'the lines of another ledger',
      damage: (_sql, redis) => redis.hset(names.state, 'epoch', 'another'),
      invariant: 'I10',
      words: /another ledger, or none/,
    },
    {
      name: 'an empty Redis',
      damage: (_sql, redis) => redis.flushall(),
      invariant: 'I10',
      words: /another ledger, or none/,
    },
    {
      name: 'a feed that is behind',
      damage: (_sql, redis) => redis.xdel(names.feed, '16-0', '17-0'),
      invariant: 'I10',
      words: /the feed in Redis lacks versions 16 to 17/,
    },
    {
      name: 'a feed that is too short',
      damage: (_sql, redis) => redis.xtrim(names.feed, 'MAXLEN', 3),
      invariant: 'I10',
      words: /the feed in Redis lacks versions \d+ to 14/,
    },
    {
      name: 'a feed with a hole',
      damage: (_sql, redis) => redis.xdel(names.feed, '12-0'),
      invariant: 'I10',
      words: /the feed in Redis lacks version 12$/,
    },
    {
      name: 'a feed that is gone',
      damage: (_sql, redis) => redis.del(names.feed),
      invariant: 'I10',
      words: /the feed in Redis lacks versions \d+ to 17/,
    },
    {
      name: 'a feed with another event than was committed',
      damage: async (_sql, redis) => {
        const entries = await redis.xrange(names.feed, '-', '+');
        const work = redis.multi().del(names.feed);
        for (const [id, [field, json]] of entries) {
          work.xadd(names.feed, id, field!, id === '9-0' ? json!.replace('A002', 'A009') : json!);
        }
        await work.exec();
      },
      invariant: 'I10',
      words: /the feed in Redis has another event 9 than the ledger/,
    },
    {
      name: 'a feed with an entry that no server writes',
      damage: (_sql, redis) => redis.xadd(names.feed, '17-1', 'event', '{}'),
      invariant: 'I10',
      words: /the feed in Redis has an entry under an id that no server gives/,
    },
    {
      name: 'a feed that is ahead',
      damage: (_sql, redis) => redis.xadd(names.feed, '18-0', 'event', '{}'),
      invariant: 'I12',
      words: /the feed in Redis ends at version 18-0, but only 17 is committed/,
    },
    {
      name: 'a key of another kind',
      damage: (_sql, redis) => redis.multi().del(line).set(line, 'something').exec(),
      invariant: 'I10',
      words: /something of another kind under \{b:plain\}:line:S-0/,
    },
  ];
};
