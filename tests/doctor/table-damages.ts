import type { Damage } from './damage.ts';

const nobody = '00000000-0000-4000-8000-000000000000';

/** Damage to the tables of the second lock, and a set-up that the day's tickets and counters do not fit. */
export const tableDamages: readonly Damage[] = [
  {
    name: 'a ticket row that is gone',
    damage: (sql) => sql`delete from ticket where number = 'A001'`,
    invariant: 'I7',
    words: /table ticket, business day .*, number A001: it has nothing, the ledger ticket/,
  },
  {
    name: 'a ticket row of another ticket',
    damage: (sql) => sql`update ticket set id = ${nobody} where number = 'B002'`,
    invariant: 'I7',
    words: /number B002: it has ticket 00000000/,
  },
  {
    name: 'a ticket row too many',
    damage: (sql) => sql`
      insert into ticket (branch_id, business_day, number, id, service_id)
      select branch_id, business_day, 'A777', gen_random_uuid(), service_id from ticket limit 1`,
    invariant: 'I7',
    words: /number A777: it has ticket .*, the ledger nothing/,
  },
  {
    name: 'a ticket row of a day that never was',
    damage: (sql) => sql`
      insert into ticket (branch_id, business_day, number, id, service_id)
      values ('plain', '2020-02-02', 'A001', gen_random_uuid(), 'S-0')`,
    invariant: 'I7',
    words: /table ticket has tickets of business day 2020-02-02/,
  },
  {
    name: 'a counter without its ticket',
    damage: (sql) => sql`delete from counter_ticket where counter_id = 'C-1'`,
    invariant: 'I7',
    words: /table counter_ticket, counter C-1: it has nothing, the ledger ticket/,
  },
  {
    name: 'a counter with another ticket',
    damage: (sql) => sql`update counter_ticket set ticket_id = ${nobody} where counter_id = 'C-1'`,
    invariant: 'I7',
    words: /table counter_ticket, counter C-1: it has ticket 00000000/,
  },
  {
    name: 'a counter with a ticket that is nowhere called',
    damage: (sql) => sql`insert into counter_ticket values ('plain', 'C-3', ${nobody})`,
    invariant: 'I7',
    words: /table counter_ticket, counter C-3: it has ticket 0.*, the ledger nothing/,
  },
  {
    name: 'a seat that is empty',
    damage: (sql) => sql`update counter_seat set agent_id = null where counter_id = 'C-2'`,
    invariant: 'I7',
    words: /table counter_seat, counter C-2: it has nothing, the ledger agent agent-2/,
  },
  {
    name: 'a seat of another agent',
    damage: (sql) => sql`update counter_seat set agent_id = 'agent-9' where counter_id = 'C-2'`,
    invariant: 'I7',
    words: /table counter_seat, counter C-2: it has agent agent-9, the ledger agent agent-2/,
  },
  {
    name: 'a seat too many',
    damage: (sql) => sql`insert into counter_seat values ('plain', 'C-9', 'agent-9')`,
    invariant: 'I7',
    words: /table counter_seat, counter C-9: it has agent agent-9, the ledger nothing/,
  },
  {
    name: 'a set-up that no longer has a service that people wait for',
    damage: (sql) => sql`update service set retired_at = now() where id = 'S-1'`,
    invariant: 'set-up',
    words: /nobody can call B001, B002, B003, here for service S-1, which the set-up does not have/,
  },
  {
    name: 'a service that people wait for and no counter serves',
    damage: (sql) => sql`
      with gone as (delete from counter_agency)
      insert into counter_service select 'plain', id, 'S-0', 1 from counter`,
    invariant: 'set-up',
    words: /nobody can call B001, B002, B003, here for service S-1, which no counter of the set-up serves/,
  },
  {
    name: 'an open counter that the set-up no longer has',
    damage: (sql) => sql`update counter set retired_at = now() where id = 'C-3'`,
    invariant: 'set-up',
    words: /counter C-3 is open for agent-3, but the set-up does not have it/,
  },
  {
    name: 'a set-up that servers were never told of',
    damage: (sql) => sql`update branch set revision = 5`,
    invariant: 'set-up',
    words: /the tables hold revision 5 of the set-up, but servers were told of 2/,
  },
  {
    name: 'an older set-up than servers were told of',
    damage: (sql) => sql`update branch set revision = 1`,
    invariant: 'set-up',
    words: /the ledger knows revision 2 of the set-up, the tables hold 1/,
  },
  {
    name: 'a set-up that no server can work with',
    damage: (sql) => sql`update service set retired_at = now()`,
    invariant: 'set-up',
    words: /no set-up of this hall that a server could work with/,
  },
];
