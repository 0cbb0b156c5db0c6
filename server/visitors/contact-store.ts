import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import { plainPhone } from '@antrean/shared/domain/phone.ts';
import type { ContactView } from '@antrean/shared/protocol/visitors.ts';
import type { Seal } from '../access/seal.ts';
import { type AuditBy, noteEntry } from '../audit/note-entry.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

export interface ContactPorts {
  readonly sql: Sql;
  readonly seal: Seal;
}

/** Of which tickets: one, or all of a hall that have a phone number. */
export type ContactsOf = { readonly branchId: BranchId } & (
  { readonly ticketId: TicketId } | { readonly phone: string }
);

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

/** All that is kept, and a note that it was shown, without it (S27). Throws what Postgres throws. */
export const exportContacts = async (ports: ContactPorts, of: ContactsOf, by: AuditBy): Promise<ContactView[]> => {
  const { sql, seal } = ports;
  const note = { ...by, action: 'person.exported', branchId: of.branchId, subject: subjectOf(of) } as const;
  const rows = await withinTimeout(sql<ContactView[]>`
    with found as (select * from visitor_contact where ${whichOf(ports, of)}),
      noted as (${noteEntry(sql, 'found', note)})
    select ticket_id as "ticketId", phone, language, floor(extract(epoch from consent_at) * 1000)::float8 as "consentAt",
      floor(extract(epoch from erase_after) * 1000)::float8 as "eraseAfter"
    from found`);
  // What no key opens any more tells nobody anything, and is deleted when its time is over.
  return rows.flatMap(({ phone, ...rest }) => {
    const opened = seal.open(phone, 'contact');
    return opened === null ? [] : [{ ...rest, phone: opened }];
  });
};

/** Deletes it, and notes that, without it (S25). @returns of how many tickets. Throws what Postgres throws. */
export const eraseContacts = async (ports: ContactPorts, of: ContactsOf, by: AuditBy): Promise<number> => {
  const { sql } = ports;
  const note = { ...by, action: 'person.erased', branchId: of.branchId, subject: subjectOf(of) } as const;
  const [row] = await withinTimeout(sql<[{ count: number }]>`
    with gone as (delete from visitor_contact where ${whichOf(ports, of)} returning 1),
      noted as (${noteEntry(sql, 'gone', note)})
    select count(*)::int as count from gone`);
  return row.count;
};

const whichOf = ({ sql, seal }: ContactPorts, of: ContactsOf) =>
  'ticketId' in of
    ? sql`branch_id = ${of.branchId} and ticket_id = ${of.ticketId}`
    : // Under each key: what was kept before one was replaced is found too.
      sql`branch_id = ${of.branchId}
        and phone_code = any(string_to_array(${seal.codesOf(plainPhone(of.phone), 'contact').join(',')}, ','))`;

const subjectOf = (of: ContactsOf): string => ('ticketId' in of ? of.ticketId : 'by-phone');
