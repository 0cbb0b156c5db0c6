import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { newPassword } from './create-staff.ts';
import { hashOfCode } from './hash-code.ts';

/** How long a code is good, minutes (S1). A start makes another. */
export const codeMinutes = 30;

/** Whether nobody has ever been given an account here: nothing may be done before somebody is (S1). */
export class FirstRun {
  readonly #sql: Sql;
  #isOver = false;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Asks the store until there is an account, and never again. Throws what Postgres throws. */
  async isNow(): Promise<boolean> {
    if (this.#isOver) return false;
    const [row] = await withinTimeout(this.#sql<{ isOver: boolean }[]>`select exists (select from staff) as "isOver"`);
    this.#isOver = row?.isOver ?? false;
    return !this.#isOver;
  }
}

/** Whether a code may still be used. */
export const isCode = async (sql: Sql, code: string): Promise<boolean> => {
  const [row] = await withinTimeout(sql`
    select from installation_key where purpose = 'set-up' and key = ${hashOfCode(code)}
      and created_at > now() - ${codeMinutes} * interval '1 minute'`);
  return row !== undefined;
};

/**
 * A fresh one-time code for the first administrator, `null` where there is an account already. Only whoever sees the
 * server's console has it; any code before it is void.
 */
export const makeSetUpCode = async (sql: Sql): Promise<string | null> => {
  if (!(await new FirstRun(sql).isNow())) return null;
  const code = newPassword();
  await withinTimeout(sql`
    insert into installation_key (purpose, key) values ('set-up', ${hashOfCode(code)})
    on conflict (purpose) do update set key = excluded.key, created_at = now()`);
  return code;
};
