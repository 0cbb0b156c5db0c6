import { performance } from 'node:perf_hooks';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { KeptWaits } from '@antrean/shared/domain/kept-waits.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { readEvents } from '../ledger/read-events.ts';
import { type Head, readHead } from '../ledger/read-head.ts';
import { type LegsFold, type Lot, startLegsFold, takeLegs } from './fold-legs.ts';
import { packDays } from './pack-days.ts';
import { setupsInTime } from './setups-in-time.ts';

/** So many are folded and written in a fraction of a second: the hall goes on between two lots. */
const eventsAtOnce = 2_000;

/** So long after somebody asked for them the legs of a branch's day are kept in memory, ms: they ask again soon, or not today. */
const keptInMemoryMs = 120_000;

/** A fold in memory. */
interface KnownFold extends LegsFold {
  /** By the process's own clock, ms. */
  keptUntil: number;
}

/**
 * Keeps the rows that reports are reckoned from up with the ledger (REPORT-2). Nodes that do so at once write the same rows,
 * since these follow from the events alone.
 */
export class VisitLegs {
  readonly #sql: Sql;
  readonly #folds = new Map<BranchId, KnownFold>();
  readonly #underWay = new Map<BranchId, Promise<void>>();
  #isStopped = false;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /**
   * Takes in all that had happened in a branch when it was asked for. Throws what Postgres throws; what was done stays.
   *
   * @param zone IANA zone of the hall
   * @param keptMs so long the legs of its day stay in memory
   */
  catchUp(branchId: BranchId, zone: string, keptMs = keptInMemoryMs): Promise<void> {
    const before = this.#underWay.get(branchId) ?? Promise.resolve();
    const run = before.catch(() => {}).then(() => this.#catchUp(branchId, zone, keptMs));
    this.#underWay.set(branchId, run);
    const forget = (): void => {
      if (this.#underWay.get(branchId) === run) this.#underWay.delete(branchId);
    };
    run.then(forget, forget);
    return run;
  }

  /**
   * Takes in what happened in every branch, for reports of all halls, too, and keeps of none in memory what nobody asks for.
   * Throws what Postgres throws.
   */
  async catchUpAll(): Promise<void> {
    const behind = await withinTimeout(this.#sql<{ id: BranchId; zone: string }[]>`
      select b.id, b.zone
      from branch b join branch_head h on h.branch_id = b.id left join visit_leg_head v on v.branch_id = b.id
      where h.version > coalesce(v.version, 0) or v.epoch <> h.epoch or v.day_waits is null or v.packed_version is distinct from v.version`);
    for (const { id, zone } of behind) {
      if (!this.#isStopped) await this.catchUp(id, zone, 0);
      if (!this.#isStopped) await packDays(this.#sql, id);
    }
  }

  /** A ledger of years takes minutes the first time: what is not folded yet is left for the next start. */
  stop(): void {
    this.#isStopped = true;
  }

  async #catchUp(branchId: BranchId, zone: string, keptMs: number): Promise<void> {
    const head = await readHead(this.#sql, branchId);
    const known = this.#folds.get(branchId);
    let fold = known?.epoch === head.epoch ? known : await this.#begin(branchId, head);
    // What is in memory is worth nothing once a statement has failed.
    this.#folds.delete(branchId);
    while (fold.version < head.version && !this.#isStopped) {
      const from = fold.version;
      const events = await readEvents(this.#sql, branchId, from, eventsAtOnce);
      const last = events.at(-1);
      if (!last) break;
      const lot = await takeLegs(fold, events);
      const isWritten = await this.#write({ branchId, zone, fold, from, at: last.at, lot });
      if (!isWritten && !(await this.#isKept(branchId, fold))) fold = await this.#begin(branchId, head);
    }
    const now = performance.now();
    fold.keptUntil = Math.max(fold.keptUntil, now + keptMs);
    this.#folds.set(branchId, fold);
    for (const [id, { keptUntil }] of this.#folds) if (keptUntil <= now) this.#folds.delete(id);
  }

  /** The fold of what is written, folded from the beginning of its day. */
  async #begin(branchId: BranchId, { epoch }: Head): Promise<KnownFold> {
    // Of a ledger that is no more: it was restored from a backup.
    await withinTimeout(this.#sql`
      with other as (delete from visit_leg_head where branch_id = ${branchId} and epoch <> ${epoch} returning 1),
        packed as (delete from visit_day where branch_id = ${branchId} and exists (select from other))
      delete from visit_leg where branch_id = ${branchId} and exists (select from other)`);
    // Folded by a release that did not reckon what was told: all of it is folded once more, and until then its rows stay.
    await withinTimeout(this.#sql`delete from visit_leg_head where branch_id = ${branchId} and day_waits is null`);
    const [kept] = await this.#readKept(branchId);
    const fold = { ...startLegsFold(branchId, epoch, setupsInTime(this.#sql, branchId), kept ?? null), keptUntil: 0 };
    if (!kept) return fold;
    while (fold.version < kept.version) {
      const limit = Math.min(eventsAtOnce, kept.version - fold.version);
      const events = await readEvents(this.#sql, branchId, fold.version, limit);
      if (events.length === 0) break;
      await takeLegs(fold, events);
    }
    return fold;
  }

  /** Whether another node has written as much. */
  async #isKept(branchId: BranchId, { epoch, version }: LegsFold): Promise<boolean> {
    const [kept] = await this.#readKept(branchId);
    return kept !== undefined && kept.epoch === epoch && kept.version >= version;
  }

  #readKept(branchId: BranchId) {
    return withinTimeout(this.#sql<{ epoch: string; version: number; dayVersion: number; dayWaits: KeptWaits }[]>`
      select epoch, version::float8 as version, day_version::float8 as "dayVersion", day_waits as "dayWaits"
      from visit_leg_head where branch_id = ${branchId}`);
  }

  /** @returns whether it was written: not where the rows do not stand at `from` or later, or have gone further */
  async #write({ branchId, zone, fold, from, at, lot }: Written): Promise<boolean> {
    const { epoch, version, dayVersion } = fold;
    // Some kilobytes, written with the day that they are of.
    const dayWaits = lot.dayWaits ?? (from === 0 ? fold.dayWaits : null);
    const moved = await withinTimeout(this.#sql`
      with moved as (
        insert into visit_leg_head (branch_id, epoch, version, day_version, day_waits, at)
        select ${branchId}, ${epoch}::uuid, ${version}, ${dayVersion}, ${dayWaits && JSON.stringify(dayWaits)}::text::json, to_timestamp(${at / 1_000}::float8)
        where ${from} = 0 or exists (select from visit_leg_head where branch_id = ${branchId})
        on conflict (branch_id) do update
          set version = excluded.version, day_version = excluded.day_version, at = excluded.at,
            day_waits = coalesce(excluded.day_waits, visit_leg_head.day_waits)
          where visit_leg_head.epoch = excluded.epoch
            and visit_leg_head.version >= ${from} and visit_leg_head.version < excluded.version
        returning 1
      ), shortened as (
        delete from visit_leg l
        using json_to_recordset(${JSON.stringify(lot.shorter)}::text::json) as s (day date, "ticketId" uuid, legs int)
        where exists (select from moved)
          and l.branch_id = ${branchId} and l.business_day = s.day and l.ticket_id = s."ticketId" and l.leg >= s.legs
      ), kept as (
        insert into visit_leg (
          branch_id, business_day, ticket_id, leg, service_id, agency_id, standard_minutes, priority_id, channel, is_booked, queued_at, hour, called_at,
          rule, counter_id, agent_id, wait_ms, walk_ms, served_ms, recalls, misses, rejoins, ending, ended_at, outcome,
          quantity, told_from, told_to)
        select ${branchId}, day, "ticketId", leg, "serviceId", coalesce(s.agency_id, ''), s.standard_minutes, priority, channel, "isBooked", queued,
          extract(hour from queued at time zone ${zone}), to_timestamp("calledAt" / 1000), rule, "counterId", "agentId",
          case when "calledAt" is not null then greatest(0, "calledAt" - "queuedAt") end, "walkMs", "servedMs", recalls, misses, rejoins, "end",
          to_timestamp("endedAt" / 1000), outcome, quantity, "toldFrom", "toldTo"
        from json_to_recordset(${JSON.stringify(lot.rows)}::text::json) as r (
            day date, "ticketId" uuid, leg smallint, "serviceId" text, priority text, channel text, "isBooked" boolean,
            "queuedAt" float8, "calledAt" float8, rule text, "counterId" text, "agentId" text, "walkMs" float8,
            "servedMs" float8, recalls smallint, misses smallint, rejoins smallint, "end" text, "endedAt" float8,
            outcome text, quantity int, "toldFrom" int, "toldTo" int)
          cross join lateral (values (to_timestamp("queuedAt" / 1000))) as q (queued)
          left join service s on s.branch_id = ${branchId} and s.id = "serviceId"
        where exists (select from moved)
        on conflict (branch_id, business_day, ticket_id, leg) do update set
          service_id = excluded.service_id, agency_id = excluded.agency_id,
          standard_minutes = excluded.standard_minutes, queued_at = excluded.queued_at, hour = excluded.hour,
          called_at = excluded.called_at, rule = excluded.rule, counter_id = excluded.counter_id,
          agent_id = excluded.agent_id, wait_ms = excluded.wait_ms, walk_ms = excluded.walk_ms,
          served_ms = excluded.served_ms, recalls = excluded.recalls, misses = excluded.misses,
          rejoins = excluded.rejoins, ending = excluded.ending, ended_at = excluded.ended_at,
          outcome = excluded.outcome, quantity = excluded.quantity,
          told_from = excluded.told_from, told_to = excluded.told_to
      )
      select from moved`);
    return moved.length > 0;
  }
}

interface Written {
  readonly branchId: BranchId;
  /** IANA zone of the hall. */
  readonly zone: string;
  readonly fold: LegsFold;
  /** The version of the fold before this lot. */
  readonly from: number;
  /** When the last event happened, epoch ms. */
  readonly at: number;
  readonly lot: Lot;
}
