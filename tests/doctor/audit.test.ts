import { createStaff } from '@antrean/server/access/create-staff.ts';
import { checkAudit } from '@antrean/server/doctor/check-audit.ts';
import { auditLines, verdictOf } from '@antrean/server/doctor/report.ts';
import { remedies } from '@antrean/server/doctor/remedy.ts';
import { migrateDatabase } from '@antrean/server/ledger/migrate-database.ts';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeHall } from '../harness/plain-hall.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { auditDamages } from './audit-damages.ts';

const databaseUrl = await createTestDatabase(inject('postgresUrl'));
const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
afterAll(() => sql.end({ timeout: 1 }));

beforeAll(async () => {
  await migrateDatabase(databaseUrl);
  await makeHall(sql);
  for (const login of ['ani', 'budi', 'cici', 'dewi', 'eka']) {
    await createStaff(sql, { login, displayName: `${login} – «şəxs»`, role: 'agent', branchId: null });
  }
  await sql`alter table audit_entry disable trigger all`;
  await sql`create table saved as table audit_entry`;
});
beforeEach(() => async () => {
  await sql`delete from audit_entry`;
  await sql`insert into audit_entry table saved`;
});

test('a trail as it was written has no findings', async () => {
  const examination = await checkAudit(sql);
  expect(examination).toEqual({ entries: 7, findings: [] });
  expect(auditLines(examination)[1]).toBe('  checked      7 entries, without gap and with their hash chain');
});

test.each(auditDamages)('$name: found, and the first entry it shows in is named', async ({ damage, words }) => {
  await damage(sql);
  const { findings, entries } = await checkAudit(sql);
  expect(findings[0]).toEqual({ invariant: 'audit', message: expect.stringMatching(words) });
  const said = auditLines({ findings, entries }).join('\n');
  expect(said).toContain(`WRONG audit  ${findings[0]?.message}`);
  expect(said).toContain(remedies.audit);
  expect(verdictOf([{ findings, notChecked: [] }]).verdict).toBe(1);
});
