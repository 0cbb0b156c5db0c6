import { performance } from 'node:perf_hooks';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import type { Sql } from 'postgres';
import { signIn } from '../harness/api.ts';
import { startTestRedis } from '../harness/redis.ts';
import { antreanScript, startServer } from '../harness/server-process.ts';

/** The year that is exported, of days that no hall has. */
const year = { from: '2020-01-01', to: '2020-12-31' } as const;
/** So many MB more than after the first lines a server may hold up to the last: a million lines are some 160 MB. */
export const exportLimitMb = 60;
/** The first lines, bytes: what reading and writing need at all is there by then. */
const firstBytes = 10e6;

export interface MeasuredExport {
  readonly legs: number;
  readonly mb: number;
  readonly seconds: number;
  /** Resident memory of the server just before, after the first lines, and the most from then on, MB. */
  readonly beforeMb: number;
  readonly firstMb: number;
  readonly mostMb: number;
}

/** Gives a hall a year of so many legs at least, copied from those of all halls, each visit with an id of its own. */
const plantYear = async (owner: Sql, branchId: string, atLeast: number): Promise<number> => {
  const columns = await owner<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_name = 'visit_leg' and column_name not in ('branch_id', 'business_day', 'ticket_id')`;
  const names = columns.map(({ name }) => `l.${name}`).join(', ');
  const { count } = await owner.unsafe(
    `insert into visit_leg (branch_id, business_day, ticket_id, ${names.replaceAll('l.', '')})
     select $1, date '${year.from}' + (row_number() over (order by l.branch_id, l.business_day) * 366 / (count(*) over () + 1))::int,
       md5(l.branch_id || l.ticket_id)::uuid, ${names}
     from (
       select * from visit_leg where ending is distinct from 'void' order by branch_id, business_day, ticket_id, leg limit $2
     ) l
     on conflict do nothing`,
    [branchId, atLeast],
  );
  await owner`vacuum analyze visit_leg`;
  return count;
};

/** How long a server takes to send a million legs of a hall as CSV, and what it holds meanwhile (REPORT-9). */
export const measureExport = async (
  owner: Sql,
  databaseUrl: string,
  branchId: string,
  atLeast: number,
): Promise<MeasuredExport> => {
  const legs = await plantYear(owner, branchId, atLeast);
  const account = { login: 'reader', displayName: 'Reader', role: 'manager', branchId } as const;
  const password = await createStaff(owner, account);
  const redis = await startTestRedis();
  const server = await startServer(antreanScript, {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    LOG_LEVEL: 'warn',
  });
  try {
    const { headers } = await signIn(server.address, branchId, 'reader', password);
    const path = `${server.address}/v1/branches/${branchId}/legs.csv?from=${year.from}&to=${year.to}`;
    // The first answers make the server warm.
    await (await fetch(`${path.replace(year.to, year.from)}`, { headers })).text();
    const beforeMb = await server.rssMb();
    const beganAt = performance.now();
    const reply = await fetch(path, { headers });
    if (!reply.ok || !reply.body) throw new Error(`the export answered ${reply.status}`);
    let [bytes, lines, firstMb, mostMb, asked] = [0, 0, 0, 0, 0];
    for await (const piece of reply.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      for (const byte of piece) lines += Number(byte === 10);
      if (bytes - asked < firstBytes) continue;
      asked = bytes;
      const heldMb = await server.rssMb();
      firstMb ||= heldMb;
      mostMb = Math.max(mostMb, heldMb);
    }
    if (lines !== legs + 1) throw new Error(`${lines} lines of ${legs} legs`);
    const seconds = (performance.now() - beganAt) / 1_000;
    return { legs, mb: Math.round(bytes / 1e6), seconds, beforeMb, firstMb, mostMb };
  } finally {
    await server.stop();
    await redis.stop();
  }
};
