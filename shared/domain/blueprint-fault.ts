import type { Path } from './draft.ts';

/** What is wrong in a blueprint, where, and what to do about it. */
export interface BlueprintFault {
  readonly path: Path;
  readonly code: BlueprintFaultCode;
  readonly message: string;
  /** Numbers that its text for people says. */
  readonly values?: Readonly<Record<string, number>>;
}

export type BlueprintFaultCode =
  | 'ADDRESS_NOT_NUMERIC'
  | 'AGENCY_WITHOUT_SERVICE'
  | 'ARRIVALS_NOT_CONFIRMED'
  | 'BREAK_OUTSIDE_HOURS'
  | 'COLOUR_CONTRAST'
  | 'DATES_END_BEFORE_BEGIN'
  | 'DUPLICATE_ID'
  | 'DUPLICATE_LANGUAGE'
  | 'DUPLICATE_NUMBER'
  | 'FEE_TOO_FINE'
  | 'HOURS_CROSS_DAY_START'
  | 'HOURS_END_BEFORE_BEGIN'
  | 'JOURNEY_TOO_LONG'
  | 'LANGUAGE_MISSING'
  | 'LANGUAGE_NOT_LISTED'
  | 'LEG_TWICE'
  | 'NO_SUCH_DATE'
  | 'NUMBERS_DISAGREE'
  | 'NUMBERS_END_BEFORE_BEGIN'
  | 'PREFIX_LETTERS'
  | 'SERVED_TWICE'
  | 'SERVICE_WITHOUT_COUNTER'
  | 'SIGN_OF_ONE_COUNTER'
  | 'TEXT_BLANK'
  | 'TEXT_CHARACTERS'
  | 'UNKNOWN_AGENCY'
  | 'UNKNOWN_AREA'
  | 'UNKNOWN_COUNTER'
  | 'UNKNOWN_CURRENCY'
  | 'UNKNOWN_SERVICE'
  | 'UNKNOWN_ZONE';
