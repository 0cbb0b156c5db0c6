import type { Sql } from 'postgres';

const dayMs = 24 * 60 * 60_000;

/**
 * Gives a hall that no node has read yet days before today, on each of which so many tickets were issued by themselves
 * about this time: copies of one that another hall issued, since nobody can wait for days. The hash chain does not hold.
 */
export const plantDays = async (
  sql: Sql,
  { from, to, days, tickets }: { from: string; to: string; days: number; tickets: number },
): Promise<void> => {
  const first = async (type: string): Promise<{ at: number; data: object }> => {
    const [row] = await sql<[{ data: string; at: Date }]>`
      select data::text as data, at from ticket_event
      where branch_id = ${from} and type = ${type} order by version limit 1`;
    return { at: row.at.getTime(), data: JSON.parse(row.data) as object };
  };
  const [opened, issued] = [await first('day.opened'), await first('ticket.issued')];
  let version = 0;
  const add = async (type: string, at: number, data: object): Promise<void> => {
    version += 1;
    await sql`
      insert into ticket_event (branch_id, version, type, at, command_id, command_part, actor, data, hash)
      values (${to}, ${version}, ${type}, to_timestamp(${at / 1_000}::float8), gen_random_uuid(), 0,
        '{"kind":"kiosk"}'::text::json, ${JSON.stringify(data)}::text::json, '')`;
  };
  for (let ago = days; ago > 0; ago--) {
    const at = issued.at - ago * dayMs;
    await add('day.opened', at - 1, { ...opened.data, date: new Date(at).toISOString().slice(0, 10) });
    for (let count = 1; count <= tickets; count++) {
      await add('ticket.issued', at, { ...issued.data, ticketId: crypto.randomUUID() });
    }
    await add('day.closed', at + 1, {});
  }
  await sql`
    insert into branch_head (branch_id, version, day_version)
    values (${to}, ${version}, ${version - tickets - 1})`;
};
