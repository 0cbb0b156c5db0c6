import type { TicketView } from '@antrean/shared/protocol/ticket.ts';
import type { Static } from 'typebox';
import type { VisitNote } from './journal.ts';
import type { Stage } from './stage.ts';

/** After a refusal: has it from the server whether the visit is over, since somebody else has ended it. */
export const settle = async ({ staff }: Stage, note: VisitNote): Promise<void> => {
  const ticket = await staff.read<Static<typeof TicketView>>(`/tickets/${note.ticketId}`);
  if (ticket?.status === 'done' || ticket?.status === 'cancelled') note.state = ticket.status;
};
