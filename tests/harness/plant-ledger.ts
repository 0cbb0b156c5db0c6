import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { Sql } from 'postgres';

const rowsAtOnce = 5_000;

/**
 * Gives a hall that no node has read yet the events of made days. The hash chain does not hold, and the tables of the second
 * lock stay empty.
 */
export const plantLedger = async (sql: Sql, branchId: string, events: readonly HallEvent[]): Promise<void> => {
  const parts = new Map<string, number>();
  for (let from = 0; from < events.length; from += rowsAtOnce) {
    const rows = events.slice(from, from + rowsAtOnce).map(({ version, type, at, commandId, actor, data }) => {
      const part = parts.get(commandId) ?? 0;
      parts.set(commandId, part + 1);
      return { version, type, at, commandId, part, actor: JSON.stringify(actor), data: JSON.stringify(data) };
    });
    await sql`
      insert into ticket_event (branch_id, version, type, at, command_id, command_part, actor, data, hash)
      select ${branchId}, version, type, to_timestamp(at / 1000), "commandId", part, actor::json, data::json, ''
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as r (version bigint, type text, at float8, "commandId" uuid, part int, actor text, data text)`;
  }
  const dayVersion = events.findLast(({ type }) => type === 'day.opened')?.version ?? 0;
  await sql`
    insert into branch_head (branch_id, version, day_version) values (${branchId}, ${events.length}, ${dayVersion})
    on conflict (branch_id) do update set version = excluded.version, day_version = excluded.day_version`;
};
