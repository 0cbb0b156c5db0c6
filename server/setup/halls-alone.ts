import { Halls } from '../hall/halls.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { databaseClock } from '../ledger/database-clock.ts';
import { setupOf } from './read-setup.ts';

/** The halls for one command of this process, which serves nobody. Throws what Postgres throws. */
export const hallsAlone = async (sql: Sql): Promise<Halls> => {
  const clock = databaseClock(sql);
  await clock.measure();
  return new Halls({
    sql,
    clock,
    readSetup: (id) => setupOf(sql, id),
    follow: () => {},
    warn: () => {},
  });
};
