import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import { plainPhone } from '@antrean/shared/domain/phone.ts';
import type { ContactView, KeptContacts } from '@antrean/shared/protocol/contacts.ts';
import type { Seal } from '../access/seal.ts';
import { type AuditBy, noteEntry } from '../audit/note-entry.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';

export interface ContactPorts {
  readonly sql: Sql;
  readonly inScope: InScope;
  readonly seal: Seal;
}

/** Of which tickets: one, all of a hall that have a phone number, or those with a number that people read. */
export type ContactsOf = { readonly branchId: BranchId } & (
  { readonly ticketId: TicketId } | { readonly phone: string } | { readonly number: string }
);

/** Staff who look, and why; absent where visitors see what is their own. */
export interface OfStaff {
  /** The only hall of the account; `null`: it is for all. */
  readonly hall: string | null;
  readonly reason: string;
}

/** Keeps where the visitor of a ticket can be reached, in place of what was kept before. Throws what Postgres throws. */
export const keepContact = async (
  { sql, seal }: ContactPorts,
  contact: {
    readonly branchId: BranchId;
    readonly ticketId: TicketId;
    readonly phone: string;
    readonly language: string;
    /** Epoch ms. */
    readonly eraseAfter: number;
  },
): Promise<void> => {
  const { branchId, ticketId, language, eraseAfter } = contact;
  const phone = plainPhone(contact.phone);
  const [code] = seal.codesOf(phone, 'contact');
  await withinTimeout(sql`
    insert into visitor_contact (branch_id, ticket_id, phone, phone_code, language, erase_after)
    values (${branchId}, ${ticketId}, ${seal.close(phone, 'contact')}, ${code!}, ${language},
      to_timestamp(${eraseAfter / 1_000}::float8))
    on conflict (branch_id, ticket_id) do update set phone = excluded.phone, phone_code = excluded.phone_code,
      language = excluded.language, consent_at = now(), erase_after = excluded.erase_after`);
};

/** What is kept of the visitor of a ticket, for their own page; `null`: nothing. Throws what Postgres throws. */
export const ownContact = async (
  { sql, seal }: ContactPorts,
  { branchId, ticketId }: { readonly branchId: BranchId; readonly ticketId: TicketId },
): Promise<{ phone: string; eraseAfter: number } | null> => {
  const [row] = await withinTimeout(sql<{ phone: string; eraseAfter: number }[]>`
    select phone, floor(extract(epoch from erase_after) * 1000)::float8 as "eraseAfter"
    from visitor_contact where branch_id = ${branchId} and ticket_id = ${ticketId}`);
  const phone = row && seal.open(row.phone, 'contact');
  return phone ? { ...row, phone } : null;
};

/** All that is kept, and a note that it was shown, without it (S27); that staff found nothing, too. Throws what Postgres throws. */
export const exportContacts = async (
  ports: ContactPorts,
  of: ContactsOf,
  by: AuditBy,
  staff?: OfStaff,
): Promise<ContactView[]> => {
  const { inScope, seal } = ports;
  const note = { ...by, action: 'person.exported', branchId: of.branchId, subject: subjectOf(of) } as const;
  const noted = (sql: Sql) =>
    staff
      ? noteEntry(
          sql,
          'asked',
          note,
          sql`json_build_object('reason', ${staff.reason}::text, 'found', (select count(*) from found))`,
        )
      : noteEntry(sql, 'found', note);
  const rows = await inScope(
    staff?.hall ?? null,
    (sql) => sql<ContactView[]>`
    with found as (select * from visitor_contact where ${whichOf(sql, seal, of)}),
      asked as (select),
      noted as (${noted(sql)})
    select found.ticket_id as "ticketId", coalesce(e.data->>'number', '') as number, phone, language,
      floor(extract(epoch from consent_at) * 1000)::float8 as "consentAt",
      floor(extract(epoch from erase_after) * 1000)::float8 as "eraseAfter"
    from found left join ticket_event e
      on e.branch_id = found.branch_id and e.command_id = found.ticket_id and e.command_part = 0
    order by consent_at desc`,
  );
  // What no key opens any more tells nobody anything, and is deleted when its time is over.
  return rows.flatMap(({ phone, ...rest }) => {
    const opened = seal.open(phone, 'contact');
    return opened === null ? [] : [{ ...rest, phone: opened }];
  });
};

/** How much a hall keeps, without a look at it. Throws what Postgres throws. @param hall the only one of who asks */
export const countContacts = async (
  { inScope }: Pick<ContactPorts, 'inScope'>,
  branchId: BranchId,
  hall: string | null,
): Promise<Omit<KeptContacts, 'contactHours'>> => {
  const [row] = await inScope(
    hall,
    (sql) => sql<[Omit<KeptContacts, 'contactHours'>]>`
    select count(*)::int as kept, floor(extract(epoch from min(erase_after)) * 1000)::float8 as "firstErasedAt",
      floor(extract(epoch from max(erase_after)) * 1000)::float8 as "lastErasedAt"
    from visitor_contact where branch_id = ${branchId}`,
  );
  return row;
};

/** Deletes it, and notes that, without it (S25). @returns of how many tickets. Throws what Postgres throws. */
export const eraseContacts = async (
  ports: ContactPorts,
  of: ContactsOf,
  by: AuditBy,
  staff?: OfStaff,
): Promise<number> => {
  const { branchId } = of;
  const why = staff ? { after: { reason: staff.reason } } : {};
  const note = { ...by, ...why, action: 'person.erased', branchId, subject: subjectOf(of) } as const;
  const [row] = await ports.inScope(
    staff?.hall ?? null,
    (sql) => sql<[{ count: number }]>`
    with gone as (delete from visitor_contact where ${whichOf(sql, ports.seal, of)} returning 1),
      noted as (${noteEntry(sql, 'gone', note)})
    select count(*)::int as count from gone`,
  );
  return row.count;
};

const whichOf = (sql: Sql, seal: Seal, of: ContactsOf) => {
  if ('ticketId' in of) return sql`branch_id = ${of.branchId} and ticket_id = ${of.ticketId}`;
  if ('phone' in of) {
    // Under each key: what was kept before one was replaced is found too.
    return sql`branch_id = ${of.branchId}
      and phone_code = any(string_to_array(${seal.codesOf(plainPhone(of.phone), 'contact').join(',')}, ','))`;
  }
  // The same number is given on each business day.
  return sql`branch_id = ${of.branchId} and ticket_id in (
    select c.ticket_id from visitor_contact c join ticket_event e
      on e.branch_id = c.branch_id and e.command_id = c.ticket_id and e.command_part = 0
    where c.branch_id = ${of.branchId} and upper(e.data->>'number') = upper(${of.number}))`;
};

const subjectOf = (of: ContactsOf): string =>
  'ticketId' in of ? of.ticketId : 'phone' in of ? 'by-phone' : 'by-number';
