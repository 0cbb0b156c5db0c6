import type { Sql } from 'postgres';

/** Damage to the audit trail, as somebody does it who may do anything in the database. */
export const auditDamages: readonly { name: string; damage: (sql: Sql) => Promise<unknown>; words: RegExp }[] = [
  {
    name: 'an entry that says something else',
    damage: (sql) => sql`update audit_entry set after = '{"role":"agent"}' where seq = 3`,
    words: /^entry 3 of the audit trail, or the one before it, is not what was written/,
  },
  {
    name: 'an entry by somebody else',
    damage: (sql) => sql`update audit_entry set by = 'somebody' where seq = 1`,
    words: /^entry 1 of the audit trail/,
  },
  {
    name: 'an entry at another time',
    damage: (sql) => sql`update audit_entry set at = at - interval '1 day' where seq = 4`,
    words: /^entry 4 of the audit trail/,
  },
  {
    name: 'an entry and its hash written anew',
    damage: (sql) => sql`
      update audit_entry set subject = 'nobody', hash = encode(sha256(convert_to(
        (select hash from audit_entry where seq = 2) || audit_entry_text(
          (select row(seq, at, action, role, by, address, branch_id, agency_id, 'nobody', before, after, hash)::audit_entry
          from audit_entry where seq = 3)), 'UTF8')), 'hex')
      where seq = 3`,
    words: /^entry 4 of the audit trail, or the one before it/,
  },
  {
    name: 'an entry that is gone',
    damage: (sql) => sql`delete from audit_entry where seq = 3`,
    words: /^entry 3 of the audit trail is gone$/,
  },
  {
    name: 'the first entries gone',
    damage: (sql) => sql`delete from audit_entry where seq < 4`,
    words: /^entries 1 to 3 of the audit trail are gone$/,
  },
];
