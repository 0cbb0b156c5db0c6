import type { TicketId } from '@antrean/shared/domain/ids.ts';
import type { RecordedVisit } from './recorded-day.ts';

/** What became of a recorded visit in this replay, as the server's answers say. */
export interface VisitNote {
  readonly visit: RecordedVisit;
  /** Follows from the id of the command that issues it: known before that is sent. */
  readonly ticketId: TicketId;
  /** `to-come`: not sent. `unanswered`: sent, and the server was not there to say how it ended. */
  state: 'to-come' | 'unanswered' | 'refused' | 'waiting' | 'called' | 'serving' | 'done' | 'cancelled';
  refusal?: string;
  /** From the ledger's instants of issue and call. */
  waitedMs?: number;
}

/** Everything the report is made of. */
export interface Journal {
  readonly notes: readonly VisitNote[];
  readonly byTicket: ReadonlyMap<string, VisitNote>;
  /** Refusals of everything but the issuing, by code. */
  readonly refusals: Map<string, number>;
  /** Tickets at the counters that this replay did not issue. */
  foreign: number;
  /** Presences of agents for whom the hall had no counter. */
  agentsWithoutCounter: number;
}

export const startJournal = (visits: readonly RecordedVisit[], idOf: (visit: RecordedVisit) => TicketId): Journal => {
  const notes = visits.map((visit): VisitNote => ({ visit, ticketId: idOf(visit), state: 'to-come' }));
  return {
    notes,
    byTicket: new Map(notes.map((note) => [note.ticketId as string, note])),
    refusals: new Map(),
    foreign: 0,
    agentsWithoutCounter: 0,
  };
};

export const noteRefusal = ({ refusals }: Journal, code: string): void =>
  void refusals.set(code, (refusals.get(code) ?? 0) + 1);

/** Whether nothing more will happen to it. */
export const isOver = ({ state }: VisitNote): boolean =>
  state === 'done' || state === 'cancelled' || state === 'refused';
