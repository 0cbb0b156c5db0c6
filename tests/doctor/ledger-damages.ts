import type { Damage } from './damage.ts';

/** Damage to the ledger and its head. The events: day, set-up, three counters, ten tickets (A, B, C in turn), two calls. */
export const ledgerDamages: readonly Damage[] = [
  {
    name: 'an event whose text was changed',
    damage: (sql) => sql`
      update ticket_event set data = replace(data::text, '"language":"en"', '"language":"id"')::json where version = 6`,
    invariant: 'I6',
    words: /event 6: it, or the event before it, is not what was committed/,
  },
  {
    name: 'a missing event',
    damage: (sql) => sql`delete from ticket_event where version = 7`,
    invariant: 'I6',
    words: /event 8: event 6 comes right before it; there is a gap/,
  },
  {
    name: 'an event that nobody can make sense of',
    damage: (sql) => sql`update ticket_event set data = 'null' where version = 7`,
    invariant: 'I6',
    words: /event 7: nobody can make sense of it: this ticket.issued lacks its ticketId/,
  },
  {
    name: 'a time that goes back',
    damage: (sql) => sql`update ticket_event set at = at - interval '1 hour' where version = 9`,
    invariant: 'I6',
    words: /event 9: its time is before/,
  },
  {
    name: 'a head ahead of the ledger',
    damage: (sql) => sql`update branch_head set version = version + 3`,
    invariant: 'I6',
    words: /the head says version 20, but the ledger ends at version 17/,
  },
  {
    name: 'a head behind the ledger',
    damage: (sql) => sql`update branch_head set version = version - 1`,
    invariant: 'I6',
    words: /the head says version 16/,
  },
  {
    name: 'a head with another hash',
    damage: (sql) => sql`update branch_head set hash = md5('another')`,
    invariant: 'I6',
    words: /the head has another hash than event 17/,
  },
  {
    name: 'a head that is gone',
    damage: (sql) => sql`delete from branch_head`,
    invariant: 'I6',
    words: /the ledger ends at version 17, but its head is gone/,
  },
  {
    name: 'a head that puts the beginning of the day elsewhere',
    damage: (sql) => sql`update branch_head set day_version = 12`,
    invariant: 'I7',
    words: /a server that starts now cannot load this hall/,
  },
  {
    name: 'the last event gone, with the head set back',
    damage: (sql) => sql`
      with gone as (delete from ticket_event where version = 17)
      update branch_head set version = 16, hash = (select hash from ticket_event where version = 16)`,
    invariant: 'I12',
    words: /Redis stands at version 17, but only 16 is committed/,
  },
  {
    name: 'a ticket that was called and is nowhere',
    damage: (sql) => sql`delete from ticket_event where type = 'ticket.issued' and data->>'number' = 'A001'`,
    invariant: 'I1',
    words: /ticket A001 .* was never issued/,
  },
  {
    name: 'a ticket that is issued though the day is closed',
    damage: (sql) => sql`
      update ticket_event set type = 'day.closed', data = json_build_object('date', (select data->>'date' from ticket_event where version = 1))
      where version = 2`,
    invariant: 'I1',
    words: /ticket A001 was issued, but no business day is open/,
  },
  {
    name: 'a ticket that is called twice',
    damage: (sql) => sql`
      update ticket_event set data = replace((select data::text from ticket_event where version = 16), 'C-1', 'C-2')::json
      where version = 17`,
    invariant: 'I2',
    words: /ticket A004 is called, from where call leads nowhere/,
  },
  {
    name: 'a number given twice',
    damage: (sql) => sql`
      update ticket_event set data = replace(data::text, 'A002', 'A001')::json where type = 'ticket.issued'`,
    invariant: 'I3',
    words: /A001 was given twice/,
  },
  {
    name: 'a gap in the numbers',
    damage: (sql) => sql`
      update ticket_event set data = replace(data::text, 'A002', 'A003')::json where type = 'ticket.issued'`,
    invariant: 'I3',
    words: /A003 was given where 2 was next/,
  },
  {
    name: 'a call that shows another number than the ticket has',
    damage: (sql) => sql`
      update ticket_event set data = replace(data::text, 'A001', 'A007')::json where type = 'ticket.called'`,
    invariant: 'I3',
    words: /it names A007 of S-0, but that ticket is A001 of S-0/,
  },
  {
    name: 'a command that took effect twice',
    damage: (sql) => sql`
      update ticket_event set command_id = (select command_id from ticket_event where version = 6) where version = 9`,
    invariant: 'I4',
    words: /took effect twice/,
  },
  {
    name: 'the events of a day once more on the next day',
    damage: (sql) => sql`
      insert into ticket_event
      select branch_id, version + 17, type, at, command_id, command_part, actor,
        case version when 1 then json_build_object('date', '2999-01-01', 'setupRevision', 2) else data end, hash
      from ticket_event`,
    invariant: 'I4',
    words: /event 6: command .* took effect there and once more up to event 23/,
  },
  {
    name: 'a command whose events are not counted',
    damage: (sql) => sql`update ticket_event set command_part = 3 where version = 8`,
    invariant: 'I4',
    words: /is written as its part 3, but this is part 0/,
  },
  {
    name: 'two tickets at one counter',
    damage: (sql) => sql`
      update ticket_event set data = replace(data::text, 'C-2', 'C-1')::json where type = 'ticket.called'`,
    invariant: 'I8',
    words: /counter C-1 got .* while it had/,
  },
  {
    name: 'one agent at two counters',
    damage: (sql) => sql`
      update ticket_event set data = replace(data::text, 'agent-2', 'agent-1')::json where type = 'counter.opened'`,
    invariant: 'I8',
    words: /agent agent-1 is at counters C-1 and C-2/,
  },
  {
    name: 'a call to a counter on a break',
    damage: (sql) => sql`
      update ticket_event set type = 'counter.paused', data = '{"counterId":"C-1","reason":"tea"}' where version = 14`,
    invariant: 'I8',
    words: /called to counter C-1 during a break/,
  },
  {
    name: 'a call out of turn in its own line that nobody chose',
    damage: (sql) => sql`
      with first as (select data from ticket_event where data->>'number' = 'A001' and type = 'ticket.issued'),
      last as (select data from ticket_event where data->>'number' = 'A003' and type = 'ticket.issued')
      update ticket_event set data = replace(replace(ticket_event.data::text, first.data->>'ticketId',
        last.data->>'ticketId'), first.data->>'number', last.data->>'number')::json
      from first, last where type = 'ticket.called' and ticket_event.data->>'ticketId' = first.data->>'ticketId'`,
    invariant: 'I9',
    words: /ticket A003 was called before A001/,
  },
  {
    name: 'a call before somebody of another service that nobody chose',
    damage: (sql) => sql`
      update ticket_event set data = json_build_object('ticketId', other.data->>'ticketId', 'number', 'B001',
        'serviceId', 'S-1', 'counterId', 'C-1', 'language', 'en', 'why', ticket_event.data->'why')
      from ticket_event as other
      where ticket_event.version = 16 and other.type = 'ticket.issued' and other.data->>'number' = 'B001'`,
    invariant: 'I9',
    words: /event 16: ticket B001 of S-1 was called to counter C-1, but A004 of S-0 was next \(head-start\)/,
  },
  {
    name: 'a call for another reason than it had',
    damage: (sql) => sql`
      update ticket_event set data = replace(data::text, 'head-start', 'call-by')::json where version = 16`,
    invariant: 'I9',
    words: /for the reason call-by after \d+ ms .*, but it was head-start/,
  },
  {
    name: 'a hand-picked call that waited otherwise than it says',
    damage: (sql) => sql`
      update ticket_event set data = jsonb_set(data::jsonb, '{why}', '{"rule":"chosen","waitedMs":1}')::json
      where version = 17`,
    invariant: 'I9',
    words: /for the reason chosen after 1 ms, but it was chosen after \d+ ms/,
  },
  {
    name: 'a ticket out of the order of issue',
    damage: (sql) => sql`
      update ticket_event set data = replace(data::text, '"serial":4', '"serial":40')::json where version = 9`,
    invariant: 'I9',
    words: /ticket A002 has place 40 in the order of the day, but 3 came right before it/,
  },
];
