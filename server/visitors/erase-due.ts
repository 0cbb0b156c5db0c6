import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** A minute at the most is added to how long something is kept. */
const everyMs = 60_000;

/** Deletes what has been kept for its time (S24). Done twice, or on two nodes, it is the same. Throws what Postgres throws. */
export const eraseDue = async (sql: Sql): Promise<void> => {
  for (const table of ['visitor_contact', 'visitor_push']) {
    await withinTimeout(sql`delete from ${sql(table)} where erase_after <= now()`);
  }
};

/** Every node does so by itself, also without Redis. @returns stops it */
export const keepErasing = (sql: Sql, warn: (message: string, details: object) => void): (() => void) => {
  const erase = (): void =>
    void eraseDue(sql).catch((error: Error) =>
      warn('personal data whose time is over was not erased; it is tried again within a minute', {
        reason: error.message,
      }),
    );
  erase();
  const timer = setInterval(erase, everyMs);
  return () => clearInterval(timer);
};
