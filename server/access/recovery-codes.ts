import { lines, type Sql } from '../ledger/connect-postgres.ts';
import { newPassword } from './create-staff.ts';
import { hashOfCode } from './hash-code.ts';

const codeCount = 10;

/** For whoever lost the app: each good once. They are told once, and only their hashes are kept. */
export const newRecoveryCodes = (): string[] => Array.from({ length: codeCount }, newPassword);

/**
 * The parts of a statement that keep codes in place of all before, for each row of another part.
 *
 * @param source name of the part, with `staff_id`
 */
export const keepRecoveryCodes = (sql: Sql, source: string, codes: readonly string[]) => sql`
  dropped as (
    delete from staff_recovery_code using ${sql(source)} where staff_recovery_code.staff_id = ${sql(source)}.staff_id
  ),
  coded as (
    insert into staff_recovery_code (staff_id, code_hash)
    select staff_id, code_hash from ${sql(source)},
      unnest(string_to_array(${lines(codes.map(hashOfCode))}, chr(10))) as code_hash
  )`;
