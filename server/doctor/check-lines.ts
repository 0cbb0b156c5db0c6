import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import type { Redis } from 'ioredis';
import { keysOf } from '../live/keys.ts';

/**
 * Redis holds the lines, board and feed that the ledger gives (I10), and nothing that is not committed yet (I12).
 * Rejects when Redis is away.
 */
export const checkLines = async (redis: Redis, hall: Hall, epoch: string): Promise<Violation[]> => {
  const names = keysOf(hall.branchId);
  const [state, board, services, last] = await Promise.all([
    redis.hgetall(names.state),
    redis.hgetall(names.board),
    redis.smembers(names.lines),
    redis.xrevrange(names.feed, '+', '-', 'COUNT', 1),
  ]);
  const found: Violation[] = [];
  const say = (invariant: 'I10' | 'I12', message: string) =>
    found.push({ invariant, message: `${hall.branchId}: ${message}` });
  const held = Number(state['version'] ?? 0);
  const fed = Number(last[0]?.[0].split('-')[0] ?? 0);
  if (state['epoch'] !== epoch) say('I10', 'Redis holds another ledger, or none');
  if (held < hall.version) say('I10', `Redis stands at version ${held}, the ledger at ${hall.version}`);
  if (held > hall.version) say('I12', `Redis stands at version ${held}, but only ${hall.version} is committed`);
  if (fed > hall.version) say('I12', `the feed ends at version ${fed}, but only ${hall.version} is committed`);
  for (const message of boardFaults(hall, board)) say('I10', message);
  for (const message of await lineFaults(redis, hall, services as ServiceId[])) say('I10', message);
  return found;
};

const boardFaults = (hall: Hall, board: Readonly<Record<string, string>>): string[] => {
  const wanted = new Map(
    [...audienceOf.board.keys(hall)].flatMap((key): [string, string][] => {
      const value = audienceOf.board.value(hall, key);
      return value === undefined ? [] : [[key, JSON.stringify(value)]];
    }),
  );
  return [
    ...[...wanted].flatMap(([key, value]) =>
      board[key] === value ? [] : [`the board in Redis has ${board[key] ?? 'nothing'} for ${key} instead of ${value}`],
    ),
    ...Object.keys(board).flatMap((key) => (wanted.has(key) ? [] : [`the board in Redis has ${key} too many`])),
  ];
};

const lineFaults = async (redis: Redis, hall: Hall, held: readonly ServiceId[]): Promise<string[]> => {
  const wanted = new Map<ServiceId, string[]>(held.map((id) => [id, []]));
  const waiting = [...hall.waiting.values()]
    .map((id) => hall.tickets.get(id))
    .filter((ticket) => ticket !== undefined)
    .sort((a, b) => a.queuedAt - b.queuedAt || a.serial - b.serial);
  for (const { serviceId, id } of waiting) wanted.set(serviceId, [...(wanted.get(serviceId) ?? []), id]);
  const faults = await Promise.all(
    [...wanted].map(async ([serviceId, ids]): Promise<string[]> => {
      const line = await redis.zrange(keysOf(hall.branchId).line(serviceId), '0', '-1');
      if (line.length === ids.length && line.every((id, index) => id === ids[index])) return [];
      return [
        `the line of ${serviceId} in Redis has ${line.length} tickets, the ledger ${ids.length}, or another order`,
      ];
    }),
  );
  return faults.flat();
};
