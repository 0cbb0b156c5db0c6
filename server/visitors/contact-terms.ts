import { businessDayEnd } from '@antrean/shared/domain/business-day.ts';
import { isOpen } from '@antrean/shared/domain/ticket.ts';
import type { Visit } from './find-visit.ts';

/** Why no phone number can be left with a visit. */
export type ContactRefusal = 'CONTACT_NOT_KEPT' | 'ACTION_NOT_ALLOWED';

/** Until when a phone number that is left now is kept, epoch ms, or why none is taken (PERSON-1). */
export const contactTerms = ({ branch, ticket, businessDay }: Visit): { until: number } | ContactRefusal => {
  const { zone, dayStartsAt, rules } = branch.setup;
  if (rules.contactMs === undefined) return 'CONTACT_NOT_KEPT';
  if (!ticket || !isOpen(ticket.status)) return 'ACTION_NOT_ALLOWED';
  return { until: businessDayEnd(businessDay, zone, dayStartsAt) + rules.contactMs };
};
