import type { Sql } from 'postgres';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';

/** A branch's set-up as a blueprint, and which revision of the set-up it is. */
export interface ExportedBlueprint {
  readonly blueprint: Blueprint;
  readonly revision: number;
}

/**
 * Reads a branch's set-up back as a blueprint equal to the one that was imported. One statement, so that it never mixes
 * two revisions. Answers null for a branch that there is not.
 */
export const exportBlueprint = async (sql: Sql, branchId: string): Promise<ExportedBlueprint | null> => {
  const [row] = await sql<ExportedBlueprint[]>`
    select b.revision, ${blueprintOfBranch(sql)} as blueprint from branch b where b.id = ${branchId}`;
  return row ?? null;
};

/** The blueprint of the row `b` of table `branch`, as an expression of type `jsonb`. */
export const blueprintOfBranch = (sql: Sql) => sql`
    jsonb_strip_nulls(jsonb_build_object(
      'format', 1,
      'branch', b.id,
      'name', b.name,
      'notes', b.notes,
      'zone', b.zone,
      'dayStartsAt', b.day_starts_at,
      'languages', b.languages,
      'currency', b.currency,
      'hours', jsonb_build_object('week', b.week_hours, 'exceptions', b.hours_exceptions),
      'rules', b.rules,
      'priorities', (
        select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name,
          'headStartMinutes', p.head_start_minutes) order by p.position), '[]')
        from priority_class p where p.branch_id = b.id and p.retired_at is null),
      'agencies', (
        select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by a.position)
        from agency a where a.branch_id = b.id and a.retired_at is null),
      'services', (
        select jsonb_agg(jsonb_build_object('id', s.id, 'agency', s.agency_id, 'name', s.name, 'prefix', s.prefix,
          'standardMinutes', s.standard_minutes, 'fee', s.fee, 'requirements', s.requirements, 'mobile', s.mobile,
          'source', s.source) || coalesce(s.issuing, '{}') order by s.position)
        from service s where s.branch_id = b.id and s.retired_at is null),
      'counters', (
        select jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'area', c.area,
          'serves', jsonb_build_object(
            'agencies', (
              select jsonb_agg(l.agency_id order by l.position) from counter_agency l
              where l.branch_id = b.id and l.counter_id = c.id),
            'services', (
              select jsonb_agg(l.service_id order by l.position) from counter_service l
              where l.branch_id = b.id and l.counter_id = c.id))) order by c.position)
        from counter c where c.branch_id = b.id and c.retired_at is null),
      'journeys', b.journeys,
      'screens', b.screens,
      'printers', b.printers
    ))`;
