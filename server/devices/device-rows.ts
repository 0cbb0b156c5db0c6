import type { DeviceView } from '@antrean/shared/protocol/devices.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';

/** What is selected of a device for those who look after it. */
export const deviceColumns = (sql: Sql) => sql`
  id, kind, name, area, screen_id as "screenId", printer_id as "printerId", address, browser, health,
  (extract(epoch from approved_at) * 1000)::bigint::float8 as "approvedAt",
  (extract(epoch from seen_at) * 1000)::bigint::float8 as "seenAt",
  case when sound_asked_at is not null then json_build_object(
    'askedAt', (extract(epoch from sound_asked_at) * 1000)::bigint,
    'answer', sound_answer,
    'answeredAt', (extract(epoch from sound_answered_at) * 1000)::bigint
  ) end as "soundTest"`;

/**
 * The devices of a hall that were not taken back, by name. Throws what Postgres throws.
 *
 * @param id only this one
 */
export const readDevices = (
  inScope: InScope,
  by: Me,
  branchId: string,
  id: string | null = null,
): Promise<DeviceView[]> =>
  inScope(
    by.branchId,
    (sql) => sql<DeviceView[]>`
    select ${deviceColumns(sql)} from device
    where branch_id = ${branchId} and revoked_at is null and (${id}::text is null or id = ${id})
    order by name, id`,
  );
