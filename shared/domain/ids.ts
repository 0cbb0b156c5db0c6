/** Branded ids: a string that says what it names, so that a counter's id cannot be given where a ticket's is due. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type BranchId = Branded<'branch'>;
export type AgencyId = Branded<'agency'>;
export type ServiceId = Branded<'service'>;
export type CounterId = Branded<'counter'>;
export type StaffId = Branded<'staff'>;
export type PriorityId = Branded<'priority'>;
export type JourneyId = Branded<'journey'>;
/** The id of the `issue-ticket` command that made the ticket (a UUID), which its sender's id leads to and not back. */
export type TicketId = Branded<'ticket'>;
/** Made by the sender, a UUID: the same id always gets the same answer (SAME-1). */
export type CommandId = Branded<'command'>;

/** Ids that people write into blueprints: lower or upper case letters, digits and hyphens, at most 64 (S18). */
export const idPattern = '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$';
