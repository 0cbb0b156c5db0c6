import { businessDayEnd } from '@antrean/shared/domain/business-day.ts';
import type { Survey } from '@antrean/shared/domain/survey.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import type { Visit } from './find-visit.ts';

/** Why nothing can be said of a visit. */
export type AnswerRefusal = 'SURVEY_OFF' | 'ACTION_NOT_ALLOWED';

export interface AnswerTerms {
  readonly survey: Exclude<Survey, 'none'>;
  readonly ticket: Ticket;
  /** Until when it can be said, and changed, epoch ms: the end of the business day. */
  readonly until: number;
}

/** What can be said of a visit now, or why nothing can (SURVEY-1). @param now epoch ms */
export const answerTerms = ({ branch, ticket, businessDay }: Visit, now: number): AnswerTerms | AnswerRefusal => {
  const { zone, dayStartsAt, rules } = branch.setup;
  const { survey = 'none' } = rules;
  if (survey === 'none') return 'SURVEY_OFF';
  const until = businessDayEnd(businessDay, zone, dayStartsAt);
  // Of whoever was not served there is nothing to ask.
  if (ticket?.status !== 'done' || now >= until) return 'ACTION_NOT_ALLOWED';
  return { survey, ticket, until };
};
