import type { Sql } from 'postgres';

/**
 * A day of so many visits in the ledger of the plain hall as it would have them, long past: written at once, since it is only
 * read. What the hall's ledger has already comes after it.
 *
 * @param recalls how often each visitor is called again
 */
export const writePastDay = async (sql: Sql, date: string, visits: number, recalls = 0): Promise<void> => {
  const midnight = Date.parse(`${date}T01:00:00Z`);
  const uuid = (count: number) => `00000000-0000-4000-9000-${String(count).padStart(12, '0')}`;
  const events: { type: string; at: number; id: string; data: object }[] = [];
  const add = (type: string, at: number, id: string, data: object) => events.push({ type, at, id, data });
  const spacing = Math.floor(28_800_000 / visits);
  for (let counter = 1; counter <= 8; counter++) {
    add('counter.opened', midnight, uuid(1_000_000 + counter), { counterId: `C-${counter}`, agentId: `a-${counter}` });
  }
  for (let count = 0; count < visits; count++) {
    const came = midnight + 1_000 + count * spacing;
    const facts = {
      ticketId: uuid(count),
      number: `A${String(count + 1).padStart(3, '0')}`,
      serviceId: `S-${count % 20}`,
    };
    const at = { ...facts, counterId: `C-${(count % 8) + 1}` };
    const called = came + 60_000;
    const priority = count % 3 === 0 ? 'elderly' : null;
    add('ticket.issued', came, uuid(count), {
      ...facts,
      serial: count + 1,
      priority,
      channel: 'kiosk',
      language: 'en',
      ahead: 0,
    });
    add('ticket.called', called, uuid(2_000_000 + count), {
      ...at,
      language: 'en',
      why: { rule: 'chosen', waitedMs: 60_000 },
    });
    for (let again = 1; again <= recalls; again++)
      add('ticket.recalled', called + again, uuid(again * 10_000_000 + count), at);
    add('ticket.finished', called + spacing * 7, uuid(3_000_000 + count), { ...at, outcome: null });
  }
  events.sort((a, b) => a.at - b.at);
  events.unshift({ type: 'day.opened', at: midnight, id: uuid(9_000_001), data: { date, setupRevision: 1 } });
  events.push({ type: 'day.closed', at: midnight + 40_000_000, id: uuid(9_000_002), data: { date } });
  const rows = events.map(({ type, at, id, data }, index) => ({
    branch_id: 'plain',
    version: index + 1,
    type,
    at: new Date(at),
    command_id: id,
    command_part: 0,
    actor: { kind: 'system' },
    data: data as never,
    hash: String(index),
  }));
  await sql`update ticket_event set version = version + 1000000 where branch_id = 'plain'`;
  for (let from = 0; from < rows.length; from += 1_000) {
    await sql`insert into ticket_event ${sql(rows.slice(from, from + 1_000))}`;
  }
  const tickets = events.flatMap(({ type, data }) => {
    const { ticketId, number, serviceId } = data as Record<string, string>;
    return type === 'ticket.issued'
      ? [{ branch_id: 'plain', business_day: date, number, id: ticketId, service_id: serviceId }]
      : [];
  });
  await sql`insert into ticket ${sql(tickets)}`;
};
