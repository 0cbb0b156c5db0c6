import { type Sql, withinTimeout } from './connect-postgres.ts';

/** Time as the database has it: several nodes then agree, whatever their own clocks say (TIME-2). */
export interface DatabaseClock {
  /** Epoch ms; never goes back within this process. */
  readonly now: () => number;
  /** The database's clock minus this machine's, ms. */
  readonly offsetMs: () => number;
  /** Measures the offset anew; keeps the old one when the database does not answer. */
  readonly measure: () => Promise<void>;
}

/** Goes on evenly when somebody sets this machine's clock: what is due in between is not late for it. */
const evenClock = (): number => performance.timeOrigin + performance.now();

export const databaseClock = (sql: Sql, machineClock: () => number = evenClock): DatabaseClock => {
  let offset = 0;
  let latest = 0;
  return {
    now: () => (latest = Math.max(latest, Math.round(machineClock() + offset))),
    offsetMs: () => offset,
    measure: async () => {
      const sent = machineClock();
      const [row] = await withinTimeout(
        sql<{ at: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`,
      );
      const received = machineClock();
      if (row) offset = row.at - (sent + received) / 2;
    },
  };
};
