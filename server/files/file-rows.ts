import type { FileView } from '@antrean/shared/protocol/files.ts';
import type { InScope } from '../ledger/in-scope.ts';

/**
 * The files of a hall with the screens that show them, the newest first. Throws what Postgres throws.
 *
 * @param scope the hall that whoever asks is limited to; `null`: to none
 * @param id only this one; `null`: all
 */
export const readFiles = (
  inScope: InScope,
  { branchId, scope, id = null }: { branchId: string; scope: string | null; id?: string | null },
): Promise<FileView[]> =>
  inScope(
    scope,
    (sql) => sql<FileView[]>`
    select f.id, f.name, f.kind, f.media_type as "mediaType", f.bytes,
      (extract(epoch from f.added_at) * 1000)::bigint::float8 as "addedAt",
      coalesce((
        select json_agg(screen->>'id') from branch b, jsonb_array_elements(b.screens) screen
        where b.id = f.branch_id and screen->'media'->'files' ? f.id), '[]') as screens
    from hall_file f
    where f.branch_id = ${branchId} and (${id}::text is null or f.id = ${id})
    order by f.added_at desc, f.id`,
  );
