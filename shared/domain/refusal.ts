import type { NewEvent } from './events.ts';

/** Why a command is not carried out. Each code has a sentence for people in every catalogue (`refusal.<code>`). */
export type RefusalCode =
  | 'DAY_NOT_OPEN'
  | 'DAY_ALREADY_OPEN'
  | 'DAY_GOES_BACK'
  | 'DAY_AHEAD'
  | 'SERVICE_UNKNOWN'
  | 'JOURNEY_UNKNOWN'
  | 'PRIORITY_UNKNOWN'
  | 'LANGUAGE_UNKNOWN'
  | 'COUNTER_UNKNOWN'
  | 'COUNTER_ALREADY_OPEN'
  | 'COUNTER_NOT_OPEN'
  | 'COUNTER_PAUSED'
  | 'COUNTER_NOT_PAUSED'
  | 'COUNTER_BUSY'
  | 'AGENT_AT_OTHER_COUNTER'
  | 'NOT_YOUR_COUNTER'
  | 'LINE_EMPTY'
  | 'TICKET_UNKNOWN'
  | 'NO_TICKET_AT_COUNTER'
  | 'SERVICE_NOT_SERVED_HERE'
  | 'ACTION_NOT_ALLOWED'
  | 'CHOOSING_NOT_ALLOWED'
  | 'LINE_IS_HIDDEN'
  | 'SKIP_NEEDS_REASON'
  | 'SETUP_NOT_NEWER'
  | 'AGENT_NOT_HERE'
  | 'TICKET_KEPT_FOR_ANOTHER'
  | 'TRANSFER_CHANGES_NOTHING'
  | 'TOO_MANY_LEGS'
  | 'REJOIN_NOT_ALLOWED'
  | 'REJOIN_TOO_LATE'
  | 'MORE_TIME_NOT_ALLOWED'
  | 'MORE_TIME_USED_UP'
  | 'ALREADY_CALLED'
  | 'NOTHING_TO_UNDO'
  | 'UNDO_TOO_LATE'
  | 'UNDO_OVERTAKEN'
  | 'NOT_LEFT'
  | 'LEFT_TOO_LONG_AGO'
  | 'NOTHING_TO_VOID'
  | 'NOTHING_TO_REASSIGN'
  | 'NOTHING_DUE'
  | 'PRIORITY_CHANGES_NOTHING'
  | 'SERVICE_PAUSED'
  | 'SERVICE_NOT_PAUSED'
  | 'NO_MESSAGE'
  | 'SERVICE_CLOSED_NOW'
  | 'SERVICE_FULL'
  | 'NUMBERS_USED_UP'
  | 'NO_APPOINTMENTS'
  | 'CHECK_IN_TOO_EARLY'
  | 'BOOKED_FOR_ANOTHER_DAY'
  | 'HOLDER_NEEDED'
  | 'HOLDER_HAS_TICKET'
  | 'PHONE_HAS_TICKET';

export interface Refusal {
  readonly code: RefusalCode;
  /** Ids and states that make the sentence concrete; never people's data. */
  readonly details: Readonly<Record<string, string | number | null>>;
}

/** A decision is events or a refusal, never an exception. */
export type Decision =
  | { readonly accepted: true; readonly events: readonly NewEvent[] }
  | { readonly accepted: false; readonly refusal: Refusal };

export const accept = (...events: readonly NewEvent[]): Decision => ({ accepted: true, events });

export const refuse = (code: RefusalCode, details: Refusal['details'] = {}): Decision => ({
  accepted: false,
  refusal: { code, details },
});
