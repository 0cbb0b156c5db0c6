import type { Sql } from 'postgres';
import { type AuditBy, bySystem, noteEntry } from '../audit/note-entry.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { blueprintOfBranch } from './export-blueprint.ts';
import { rowsOfBlueprint } from './rows-of-blueprint.ts';

/** How many rows an import touched. `moved`: only the place in the list is another. */
export interface ImportCount {
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  readonly retired: number;
}

export interface ImportReport {
  /** False when the set-up was already what the blueprint says: then nothing was written. */
  readonly changed: boolean;
  /** The revision of the set-up that now holds, 1, 2, 3 … per branch. */
  readonly revision: number;
  readonly branch: ImportCount;
  readonly agencies: ImportCount;
  readonly services: ImportCount;
  readonly priorities: ImportCount;
  readonly counters: ImportCount;
}

export interface ImportOptions {
  /** Who imports, for the audit trail; absent: whoever may run commands on the server. */
  readonly by?: AuditBy;
  /** The revision that the blueprint was made from, 0 for a hall that there is not; absent: whatever there is is replaced. */
  readonly baseRevision?: number;
}

/** The set-up is no longer the one that a blueprint was made from. */
export class SetupChanged extends Error {
  readonly revision: number;

  constructor(revision: number) {
    super(`the set-up is at revision ${revision} meanwhile`);
    this.revision = revision;
  }
}

/** An import loses the race only to another import of the same branch that changed something. */
const maxTries = 10;

/**
 * Makes a branch's set-up what a checked blueprint says, all or nothing: rows are added, changed, or retired where the
 * blueprint no longer names them. Importing the same blueprint again changes nothing. The blueprint that is replaced is kept
 * (`setup_revision`), and the audit trail says who replaced it.
 *
 * It is one SQL statement, hence one transaction that a dying connection cannot cut in two. When the connection dies the
 * promise rejects and the outcome is unknown: import again, the second time repeats or finds nothing to do.
 *
 * @throws SetupChanged, when it was made from another revision than there is and would change something
 * @throws when the database cannot be reached, or refuses a row that `parseBlueprint` would have refused
 */
export const importBlueprint = async (
  sql: Sql,
  blueprint: Blueprint,
  options: ImportOptions = {},
): Promise<ImportReport> => {
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const report = await tryImport(sql, blueprint, options);
    if (report) return report;
  }
  throw new Error(`the set-up of ${blueprint.branch} was changed by others ${maxTries} times meanwhile: import again`);
};

interface ImportRow {
  readonly isChange: boolean;
  readonly baseRevision: number | null;
  readonly revision: number | null;
  readonly counts: Readonly<Record<'branch' | 'agencies' | 'services' | 'priorities' | 'counters', ImportCount>>;
}

/** Answers null when another import came between. */
const tryImport = async (
  sql: Sql,
  blueprint: Blueprint,
  { by = bySystem, baseRevision }: ImportOptions,
): Promise<ImportReport | null> => {
  const rows = rowsOfBlueprint(blueprint);
  const branchId = blueprint.branch;
  const note = { ...by, action: 'setup.imported', branchId, subject: branchId } as const;
  const noted = sql`json_build_object('revision', head.revision, 'counts', (select counts from counted))`;
  // What differs is found in the statement's own snapshot of the tables. `head` then writes the branch's row, but only if
  // its newest revision is still that of the snapshot, and every other write hangs on `head`: so none is done on
  // differences that another import has overtaken.
  const [row] = await sql<[ImportRow]>`
    with doc as materialized (select ${sql.json(rows)}::jsonb as rows),
    new_branch as (
      select b.* from doc, jsonb_to_record(doc.rows -> 'branch') as b (
        name jsonb, notes jsonb, zone text, day_starts_at text, languages jsonb, currency text, week_hours jsonb,
        hours_exceptions jsonb, rules jsonb, journeys jsonb, screens jsonb,
        printers jsonb)
    ),
    new_agency as (
      select a.* from doc, jsonb_to_recordset(doc.rows -> 'agencies') as a (id text, position integer, name jsonb)
    ),
    new_service as (
      select s.* from doc, jsonb_to_recordset(doc.rows -> 'services') as s (
        id text, position integer, agency_id text, name jsonb, prefix text, standard_minutes integer,
        fee numeric(14, 2), requirements jsonb, mobile text, issuing jsonb, source text)
    ),
    new_priority as (
      select p.* from doc, jsonb_to_recordset(doc.rows -> 'priorities') as p (
        id text, position integer, name jsonb, head_start_minutes integer)
    ),
    new_counter as (
      select c.* from doc, jsonb_to_recordset(doc.rows -> 'counters') as c (
        id text, position integer, number integer, area jsonb, agencies jsonb, services jsonb)
    ),
    base as (select * from branch where id = ${branchId}),
    branch_diff as (
      select n.*, b.id is null as is_new
      from new_branch n left join base b on true
      where b.id is null
        or (b.name, b.notes, b.zone, b.day_starts_at, b.languages, b.currency, b.week_hours, b.hours_exceptions,
            b.rules, b.journeys, b.screens, b.printers)
          is distinct from
           (n.name, n.notes, n.zone, n.day_starts_at, n.languages, n.currency, n.week_hours, n.hours_exceptions,
            n.rules, n.journeys, n.screens, n.printers)
    ),
    agency_diff as (
      select * from (
        select n.*, o.id is null as is_new, o.position is distinct from n.position as is_moved,
          o.name is distinct from n.name as is_other
        from new_agency n
        left join agency o on o.branch_id = ${branchId} and o.id = n.id and o.retired_at is null
      ) as compared where is_new or is_moved or is_other
    ),
    agency_gone as (
      select id from agency o
      where branch_id = ${branchId} and retired_at is null and not exists (select from new_agency n where n.id = o.id)
    ),
    service_diff as (
      select * from (
        select n.*, o.id is null as is_new, o.position is distinct from n.position as is_moved,
          (o.agency_id, o.name, o.prefix, o.standard_minutes, o.fee, o.requirements, o.mobile, o.issuing, o.source)
          is distinct from
          (n.agency_id, n.name, n.prefix, n.standard_minutes, n.fee, n.requirements, n.mobile, n.issuing, n.source) as is_other
        from new_service n
        left join service o on o.branch_id = ${branchId} and o.id = n.id and o.retired_at is null
      ) as compared where is_new or is_moved or is_other
    ),
    service_gone as (
      select id from service o
      where branch_id = ${branchId} and retired_at is null and not exists (select from new_service n where n.id = o.id)
    ),
    priority_diff as (
      select * from (
        select n.*, o.id is null as is_new, o.position is distinct from n.position as is_moved,
          (o.name, o.head_start_minutes) is distinct from (n.name, n.head_start_minutes) as is_other
        from new_priority n
        left join priority_class o on o.branch_id = ${branchId} and o.id = n.id and o.retired_at is null
      ) as compared where is_new or is_moved or is_other
    ),
    priority_gone as (
      select id from priority_class o
      where branch_id = ${branchId} and retired_at is null and not exists (select from new_priority n where n.id = o.id)
    ),
    counter_diff as (
      select * from (
        select n.*, o.id is null as is_new, o.position is distinct from n.position as is_moved,
          (o.number, o.area, o.agencies, o.services)
          is distinct from (n.number, n.area, n.agencies, n.services) as is_other
        from new_counter n
        left join (
          select c.*,
            (select jsonb_agg(a.agency_id order by a.position) from counter_agency a
              where a.branch_id = c.branch_id and a.counter_id = c.id) as agencies,
            (select jsonb_agg(s.service_id order by s.position) from counter_service s
              where s.branch_id = c.branch_id and s.counter_id = c.id) as services
          from counter c where c.branch_id = ${branchId} and c.retired_at is null
        ) as o on o.id = n.id
      ) as compared where is_new or is_moved or is_other
    ),
    counter_gone as (
      select id from counter o
      where branch_id = ${branchId} and retired_at is null and not exists (select from new_counter n where n.id = o.id)
    ),
    verdict as (
      select exists (select from branch_diff)
        or exists (select from agency_diff) or exists (select from agency_gone)
        or exists (select from service_diff) or exists (select from service_gone)
        or exists (select from priority_diff) or exists (select from priority_gone)
        or exists (select from counter_diff) or exists (select from counter_gone) as is_change
    ),
    head as (
      insert into branch as b (id, revision, name, notes, zone, day_starts_at, languages, currency, week_hours,
        hours_exceptions, rules, journeys, screens, printers)
      select ${branchId}, 1, n.name, n.notes, n.zone, n.day_starts_at, n.languages, n.currency, n.week_hours,
        n.hours_exceptions, n.rules, n.journeys, n.screens,
        n.printers
      from new_branch n, verdict
      where verdict.is_change
        and coalesce(${baseRevision ?? null}::integer = coalesce((select revision from base), 0), true)
      on conflict (id) do update set revision = b.revision + 1, name = excluded.name, notes = excluded.notes,
        zone = excluded.zone, day_starts_at = excluded.day_starts_at, languages = excluded.languages,
        currency = excluded.currency, week_hours = excluded.week_hours, hours_exceptions = excluded.hours_exceptions,
        rules = excluded.rules, journeys = excluded.journeys, screens = excluded.screens,
        printers = excluded.printers, changed_at = now()
      where b.revision = (select revision from base)
      returning b.id, b.revision
    ),
    put_agency as (
      insert into agency (branch_id, id, position, name)
      select head.id, d.id, d.position, d.name from head, agency_diff d
      on conflict (branch_id, id) do update set position = excluded.position, retired_at = null, name = excluded.name
    ),
    put_service as (
      insert into service (branch_id, id, position, agency_id, name, prefix, standard_minutes, fee, requirements,
        mobile, issuing, source)
      select head.id, d.id, d.position, d.agency_id, d.name, d.prefix, d.standard_minutes, d.fee, d.requirements,
        d.mobile, d.issuing, d.source
      from head, service_diff d
      on conflict (branch_id, id) do update set position = excluded.position, retired_at = null,
        agency_id = excluded.agency_id, name = excluded.name, prefix = excluded.prefix,
        standard_minutes = excluded.standard_minutes, fee = excluded.fee, requirements = excluded.requirements,
        mobile = excluded.mobile, issuing = excluded.issuing, source = excluded.source
    ),
    put_priority as (
      insert into priority_class (branch_id, id, position, name, head_start_minutes)
      select head.id, d.id, d.position, d.name, d.head_start_minutes from head, priority_diff d
      on conflict (branch_id, id) do update set position = excluded.position, retired_at = null, name = excluded.name,
        head_start_minutes = excluded.head_start_minutes
    ),
    put_counter as (
      insert into counter (branch_id, id, position, number, area)
      select head.id, d.id, d.position, d.number, d.area from head, counter_diff d
      on conflict (branch_id, id) do update set position = excluded.position, retired_at = null,
        number = excluded.number, area = excluded.area
    ),
    retire_agency as (
      update agency o set retired_at = now() from head, agency_gone g where o.branch_id = head.id and o.id = g.id
    ),
    retire_service as (
      update service o set retired_at = now() from head, service_gone g where o.branch_id = head.id and o.id = g.id
    ),
    retire_priority as (
      update priority_class o set retired_at = now() from head, priority_gone g
      where o.branch_id = head.id and o.id = g.id
    ),
    retire_counter as (
      update counter o set retired_at = now() from head, counter_gone g where o.branch_id = head.id and o.id = g.id
    ),
    put_counter_agency as (
      insert into counter_agency (branch_id, counter_id, agency_id, position)
      select head.id, d.id, a.id, a.position
      from head, counter_diff d, jsonb_array_elements_text(d.agencies) with ordinality as a (id, position)
      on conflict (branch_id, counter_id, agency_id) do update set position = excluded.position
    ),
    put_counter_service as (
      insert into counter_service (branch_id, counter_id, service_id, position)
      select head.id, d.id, s.id, s.position
      from head, counter_diff d, jsonb_array_elements_text(d.services) with ordinality as s (id, position)
      on conflict (branch_id, counter_id, service_id) do update set position = excluded.position
    ),
    drop_counter_agency as (
      delete from counter_agency o using head
      where o.branch_id = head.id
        and not exists (select from new_counter n where n.id = o.counter_id and n.agencies ? o.agency_id)
    ),
    drop_counter_service as (
      delete from counter_service o using head
      where o.branch_id = head.id
        and not exists (select from new_counter n where n.id = o.counter_id and n.services ? o.service_id)
    ),
    counted as (
      select jsonb_build_object(
        'branch', (select jsonb_build_object('added', count(*) filter (where is_new),
          'changed', count(*) filter (where not is_new), 'moved', 0, 'retired', 0) from branch_diff),
        'agencies', (select jsonb_build_object('added', count(*) filter (where is_new),
          'changed', count(*) filter (where not is_new and is_other),
          'moved', count(*) filter (where not is_new and not is_other),
          'retired', (select count(*) from agency_gone)) from agency_diff),
        'services', (select jsonb_build_object('added', count(*) filter (where is_new),
          'changed', count(*) filter (where not is_new and is_other),
          'moved', count(*) filter (where not is_new and not is_other),
          'retired', (select count(*) from service_gone)) from service_diff),
        'priorities', (select jsonb_build_object('added', count(*) filter (where is_new),
          'changed', count(*) filter (where not is_new and is_other),
          'moved', count(*) filter (where not is_new and not is_other),
          'retired', (select count(*) from priority_gone)) from priority_diff),
        'counters', (select jsonb_build_object('added', count(*) filter (where is_new),
          'changed', count(*) filter (where not is_new and is_other),
          'moved', count(*) filter (where not is_new and not is_other),
          'retired', (select count(*) from counter_gone)) from counter_diff)
      ) as counts
    ),
    kept as (
      insert into setup_revision (branch_id, revision, blueprint, replaced_by)
      select b.id, b.revision, ${blueprintOfBranch(sql)}, ${by.by}
      from base b, head
    ),
    noted as (${noteEntry(sql, 'head', note, noted)})
    select verdict.is_change as "isChange",
      (select revision from base) as "baseRevision",
      (select revision from head) as "revision",
      (select counts from counted) as counts
    from verdict`;
  if (row.isChange && row.revision === null && baseRevision !== undefined && baseRevision !== (row.baseRevision ?? 0)) {
    throw new SetupChanged(row.baseRevision ?? 0);
  }
  if (!row.isChange) return { changed: false, revision: row.baseRevision ?? 0, ...row.counts };
  return row.revision === null ? null : { changed: true, revision: row.revision, ...row.counts };
};
