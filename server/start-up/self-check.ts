import type { Redis } from 'ioredis';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** Something about the stores that an operator must know. `refuse`: data would be lost, so we do not start. */
export interface Warning {
  readonly kind: 'refuse' | 'warn';
  readonly message: string;
}

/** How far node and database clocks may differ, ms. */
const clockDifferenceMs = 2_000;

/** Checks that Postgres keeps what it acknowledges, and that clocks agree. Throws what Postgres throws. */
export const checkPostgres = async (sql: Sql, machineClock: () => number = Date.now): Promise<Warning[]> => {
  const sent = machineClock();
  const [row] = await withinTimeout(sql<
    {
      fsync: string;
      commits: string;
      pages: string;
      retry: string;
      isReplica: boolean;
      mayChangePast: boolean;
      zones: number;
      at: number;
    }[]
  >`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits,
      current_setting('full_page_writes') as pages, current_setting('data_sync_retry') as retry,
      pg_is_in_recovery() as "isReplica",
      has_table_privilege('ticket_event', 'update') or has_table_privilege('audit_entry', 'update') as "mayChangePast",
      (select count(*)::int from pg_timezone_names where name in ('Asia/Jakarta', 'Asia/Baku')) as zones,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as at`);
  const received = machineClock();
  if (!row) return [];
  const warnings: Warning[] = [];
  const refuse = (message: string) => warnings.push({ kind: 'refuse', message });
  if (row.fsync !== 'on') refuse('Postgres has fsync off and loses tickets when the machine stops: set fsync = on');
  if (row.pages !== 'on') refuse('Postgres has full_page_writes off and breaks when the machine stops: set it on');
  if (row.commits !== 'on' && row.commits !== 'remote_apply') {
    refuse(`Postgres has synchronous_commit = ${row.commits} and forgets answers it gave: set it on or remote_apply`);
  }
  if (row.retry !== 'off') refuse('Postgres has data_sync_retry on and may lose what it failed to write: set it off');
  if (row.isReplica) refuse('this Postgres is a replica, which takes no tickets: name the primary in DATABASE_URL');
  if (row.zones < 2) refuse('this Postgres has no time zone data: install tzdata where it runs');
  if (row.mayChangePast) {
    const message =
      'the role of DATABASE_URL may change what has happened: give the server a role of its own, and name the owner in ANTREAN_OWNER_URL';
    warnings.push({ kind: 'warn', message });
  }
  const difference = Math.round(row.at - (sent + received) / 2);
  if (Math.abs(difference) > clockDifferenceMs) {
    const message = `the clocks of this machine and of Postgres differ by ${difference} ms: set both by NTP`;
    warnings.push({ kind: 'warn', message });
  }
  return warnings;
};

/** Checks that Redis does not throw away lines, and lets the server do no more than it must. A Redis that is away gives no warning. */
export const checkRedis = async (redis: Redis): Promise<Warning[]> => {
  const warnings: Warning[] = [];
  const warn = (message: string) => warnings.push({ kind: 'warn', message });
  const info = await redis.info().catch(() => '');
  const version = /redis_version:(\d+)\.(\d+)/.exec(info);
  if (version && Number(version[1]) < 7) warn(`Redis ${version[1]}.${version[2]} is too old: 7.0 or later is needed`);
  const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1];
  if (policy !== undefined && policy !== 'noeviction') {
    warn(`Redis has maxmemory-policy ${policy} and may drop the live lines: set it to noeviction`);
  }
  if (isLoopback(redis) || redis.options.path !== undefined) return warnings;
  const user = await redis.acl('WHOAMI').catch(() => undefined);
  if (user === undefined) return warnings;
  if (!redis.options.password) warn('Redis is open to everybody on the network: give its default user a password');
  else if (user === 'default') {
    warn('REDIS_URL names the user that may do everything: make one for the server (docs/operations.md, "Redis")');
  }
  return warnings;
};

const isLoopback = ({ options }: Redis): boolean => /^(localhost|127\.|::1$)/.test(options.host ?? 'localhost');
