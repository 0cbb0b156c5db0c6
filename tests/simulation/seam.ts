import type { Append } from '@antrean/server/ledger/append-events.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import { lineScore } from '@antrean/server/live/line-score.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { TicketId } from '@antrean/shared/domain/ids.ts';
import type { ModelLedger } from './model-ledger.ts';
import type { ModelRedis } from './model-redis.ts';
import type { Scheduler } from './scheduler.ts';
import type { Wire } from './wire.ts';

/** What a node of the simulation has in place of a pool of Postgres connections. */
export interface ModelSql {
  readonly wire: Wire;
  readonly ledger: ModelLedger;
  readonly scheduler: Scheduler;
}

/** What it has in place of a Redis connection. */
export interface ModelRedisConnection {
  readonly wire: Wire;
  readonly redis: ModelRedis;
}

/** Where the server's own code meets the stores: the same functions, asking the models instead. */
export const ledgerSeam = {
  appendEvents: ({ wire, ledger, scheduler }: ModelSql, append: Append) =>
    wire.ask(() => ledger.append(append, scheduler.now)),
  readEvents: ({ wire, ledger }: ModelSql, _branchId: string, after: number) =>
    wire.ask(() => ledger.readEvents(after)),
  findCommands: ({ wire, ledger }: ModelSql, _branchId: string, ids: readonly CommandId[]) =>
    wire.ask(() => ledger.findCommands(ids)),
  readHead: ({ wire, ledger }: ModelSql) => wire.ask(() => ({ ...ledger.head })),
  readVersions: ({ wire, ledger }: ModelSql, ids: readonly BranchId[]) =>
    wire.ask(() => new Map(ids.map((id) => [id, ledger.head.version]))),
  // A statement is carried out in one instant here, so nobody is ever found holding the lock.
  lockHead: ({ wire }: ModelSql) => wire.ask(() => undefined),
};

export const scoreIn = (hall: Hall) => (id: string) => Number(lineScore(hall, hall.tickets.get(id as TicketId)!));

export const redisSeam = {
  loadLines: ({ wire, redis }: ModelRedisConnection, hall: Hall, epoch: string) =>
    wire.ask(() => redis.load(hall, epoch, scoreIn(hall))),
  holds: ({ wire, redis }: ModelRedisConnection, hall: Hall, epoch: string) =>
    wire.ask(() => redis.holds(hall, epoch, scoreIn(hall))),
};
