import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { VisitLegs } from '@antrean/server/insight/keep-legs.ts';
import { packDays } from '@antrean/server/insight/pack-days.ts';
import { readPacked } from '@antrean/server/insight/read-packed.ts';
import { readReport } from '@antrean/server/insight/read-report.ts';
import { connectPostgres } from '@antrean/server/ledger/connect-postgres.ts';
import { connectScoped } from '@antrean/server/ledger/in-scope.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { CountryReportQuery, ReportBy } from '@antrean/shared/protocol/report.ts';
import postgres from 'postgres';
import { madeLedger } from '../harness/made-ledger.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { asServer, startTestPostgres } from '../harness/postgres.ts';
import { percentile } from './figures.ts';
import { exportLimitMb, measureExport } from './measure-export.ts';

// `pnpm bench:reports [--halls N] [--made N] [--rounds N]`: a month of many halls, and how long each report takes.
const { values: options } = parseArgs({
  options: {
    halls: { type: 'string', default: '300' },
    /** So many of them have days of their own; the others have the legs of one of these. */
    made: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '20' },
  },
});
const [halls, made, rounds] = [Number(options.halls), Number(options.made), Number(options.rounds)];
const ticketsADay = 385;
const dates = Array.from({ length: 31 }, (_, index) => `2026-03-${String(index + 1).padStart(2, '0')}`).filter(
  (date) => new Date(date).getUTCDay() !== 0,
);
const limitMs = { hall: 1_000, country: 3_000 } as const;

const agencies = Array.from({ length: 24 }, (_, index) => `A-${index + 1}`);
const blueprintOf = (hall: number): Blueprint => ({
  ...plainHall,
  branch: `hall-${hall}`,
  zone: 'Asia/Jakarta',
  agencies: agencies.map((id) => ({ id, name: { en: id } })),
  services: agencies.flatMap((agency, index) =>
    Array.from({ length: 10 }, (_, service) => ({
      id: `S-${index + 1}-${service + 1}`,
      agency,
      name: { en: `Service ${service + 1} of ${agency}` },
      prefix: `${'ABCDEFGHJKLMNPRSTUVWXYZ'[index % 23]}${index < 23 ? '' : 'A'}`,
      standardMinutes: 5 + service,
      source: 'made for the benchmark',
    })),
  ),
  counters: Array.from({ length: 40 }, (_, index) => ({
    id: `C-${index + 1}`,
    number: index + 1,
    serves: { agencies },
  })),
  rules: {
    ...plainHall.rules,
    confirmsArrival: true,
    callNextFinishes: false,
    undoSeconds: 60,
    rejoin: { withinMinutes: 30, times: 2, late: 'end-of-line' },
  },
});

console.log(`${new Date().toISOString()}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`);
const store = await startTestPostgres();
const url = await store.createDatabase();
// Its statements here take as long as they take.
const owner = postgres(url, { max: 1, onnotice: () => {} });
const sql = connectPostgres(asServer(url));
const scoped = connectScoped(asServer(url), sql);

try {
  let [events, foldMs] = [0, 0];
  for (let hall = 1; hall <= made; hall++) {
    const blueprint = blueprintOf(hall);
    const ledger = madeLedger({ blueprint, seed: hall, dates, ticketsADay, counters: 7 });
    await plantLedger(owner, blueprint.branch, ledger);
    await importBlueprint(owner, blueprint);
    const beganAt = performance.now();
    await new VisitLegs(sql).catchUp(blueprint.branch as BranchId, blueprint.zone);
    foldMs += performance.now() - beganAt;
    events += ledger.length;
  }
  console.log(
    `folded ${events} events of ${made} halls in ${Math.round(foldMs)} ms: ${Math.round((events / foldMs) * 1_000)}/s`,
  );
  // In the order of the days, as they come.
  for (const table of ['branch', 'agency', 'service', 'counter', 'visit_leg_head', 'visit_leg']) {
    const key = table === 'branch' ? 'id' : 'branch_id';
    await owner`
      insert into ${owner(table)}
      select (jsonb_populate_record(t, jsonb_build_object(${key}::text, 'hall-' || n)${
        // Made days go by steps of ten seconds: as many lengths as there are seconds is what takes time.
        table === 'visit_leg'
          ? owner` || jsonb_build_object('wait_ms', t.wait_ms * 3 + (random() * 30000)::int,
              'walk_ms', t.walk_ms + (random() * 10000)::int, 'served_ms', t.served_ms + (random() * 10000)::int)`
          : owner``
      })).*
      from generate_series(${made + 1}::int, ${halls}::int) n
        join ${owner(table)} t on t.${owner(key)} = 'hall-' || ((n - 1) % ${made} + 1)
      ${table === 'visit_leg' ? owner`order by t.business_day, n` : owner``}`;
  }
  await owner`vacuum analyze visit_leg`;
  const [size] = await owner<{ tickets: number; legs: number; mb: number }[]>`
    select count(*) filter (where leg = 0)::int as tickets, count(*)::int as legs,
      (pg_total_relation_size('visit_leg') / 1e6)::int as mb
    from visit_leg`;
  console.log(`${halls} halls, ${dates.length} days: ${size!.tickets} tickets, ${size!.legs} legs, ${size!.mb} MB`);

  const packedAt = performance.now();
  for (let hall = 1; hall <= halls; hall++) await packDays(sql, `hall-${hall}` as BranchId);
  await owner`vacuum analyze visit_day`;
  const [packed] = await owner<{ mb: number }[]>`
    select (pg_total_relation_size('visit_day') / 1e6)::int as mb`;
  console.log(`packed in ${Math.round(performance.now() - packedAt)} ms, ${packed!.mb} MB`);

  const month = { from: dates[0]!, to: dates.at(-1)! };
  const measure = async (branchId: BranchId | null, by: ReportBy, times: number): Promise<void> => {
    const took: number[] = [];
    let joined = 0;
    for (let round = 0; round <= times; round++) {
      const beganAt = performance.now();
      const asked = { period: month, by, targetMinutes: 15, only: {} };
      const report = await (branchId
        ? readReport(scoped.inScope, `hall-${1 + (round % halls)}` as BranchId, asked, null)
        : readPacked(scoped.inScope, asked, null));
      // The first one only makes it warm.
      if (round > 0) took.push(performance.now() - beganAt);
      joined = report.all.joined;
    }
    const where = branchId ? 'hall' : 'country';
    const p95 = percentile(took, 0.95);
    console.log(
      `reports.${where}.${by}`.padEnd(28),
      `ours ${p95.toFixed(0).padStart(6)}  limit ${limitMs[where]} ms  ratio ${(p95 / limitMs[where]).toFixed(2)}  (${joined} legs)`,
    );
  };
  for (const by of ReportBy.enum) await measure('hall-1' as BranchId, by, rounds);
  for (const by of CountryReportQuery.properties.by.enum) await measure(null, by, Math.max(3, Math.round(rounds / 4)));

  const { legs, mb, seconds, beforeMb, firstMb, mostMb } = await measureExport(
    owner,
    asServer(url),
    'hall-1',
    1_000_000,
  );
  const grown = mostMb - firstMb;
  console.log(
    'reports.export'.padEnd(28),
    `ours ${grown.toFixed(0).padStart(6)}  limit ${exportLimitMb} MB  ratio ${(grown / exportLimitMb).toFixed(2)}  (${legs} legs, ${mb} MB in ${seconds.toFixed(0)} s, ${beforeMb.toFixed(0)} MB before, ${firstMb.toFixed(0)} after its first lines)`,
  );
} finally {
  await scoped.end();
  await Promise.all([owner.end({ timeout: 5 }), sql.end({ timeout: 5 })]);
  await store.stop();
}
