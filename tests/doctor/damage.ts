import type { Invariant } from '@antrean/shared/domain/check-ledger.ts';
import type { Redis } from 'ioredis';
import type { Sql } from 'postgres';

/** Something that is done to the stores, and by which invariant and words the doctor must know it. */
export interface Damage {
  readonly name: string;
  readonly damage: (sql: Sql, redis: Redis) => Promise<unknown>;
  readonly invariant: Invariant;
  readonly words: RegExp;
}
