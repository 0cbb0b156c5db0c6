import type { Static } from 'typebox';
import type { TicketView } from '@antrean/shared/protocol/ticket.ts';
import type { HallApi } from './hall-api.ts';
import type { Journal, VisitNote } from './journal.ts';

/** Whether the server knows every ticket it gave out, in the state its answers said. */
export interface TicketCheck {
  readonly asked: number;
  readonly right: number;
  /** The first few that are not, in words. */
  readonly wrong: readonly string[];
  readonly wrongCount: number;
  /** Why the server could not be asked; `null` when it could. */
  readonly failure: string | null;
}

const wrongShown = 5;

/** Asks for each ticket that was issued, over the API as staff. */
export const checkTickets = async (api: HallApi, { notes }: Journal): Promise<TicketCheck> => {
  const issued = notes.filter(({ state }) => state !== 'to-come' && state !== 'refused');
  const wrong: string[] = [];
  let failure: string | null = null;
  await Promise.all(
    issued.map(async (note) => {
      const fault = await faultOf(api, note).catch((error: Error) => {
        failure ??= error.message;
        return null;
      });
      if (fault) wrong.push(fault);
    }),
  );
  return {
    asked: issued.length,
    right: failure === null ? issued.length - wrong.length : 0,
    wrong: wrong.slice(0, wrongShown),
    wrongCount: wrong.length,
    failure,
  };
};

const faultOf = async (api: HallApi, note: VisitNote): Promise<string | null> => {
  const ticket = await api.read<Static<typeof TicketView>>(`/tickets/${note.ticketId}`);
  // Nobody said that this one was issued: it may be there or not, and either is right.
  if (note.state === 'unanswered') return null;
  const where = `ticket ${ticket?.number ?? note.ticketId} of line ${note.visit.line}`;
  if (!ticket) return `${where} is missing; it should be ${note.state}`;
  return ticket.status === note.state ? null : `${where} is ${ticket.status}; it should be ${note.state}`;
};
