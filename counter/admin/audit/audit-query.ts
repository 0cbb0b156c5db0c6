import { dateAfter, dateBeginsAt } from '@antrean/shared/domain/local-time.ts';
import { queryOf } from '../address.ts';

/** What the page's address looks for, as the API asks it: dates of the hall become instants. */
export const auditQuery = (looksFor: Readonly<Record<string, string>>, zone: string): string => {
  const { before = '', action = '', by = '', subject = '', from = '', to = '' } = looksFor;
  return queryOf({
    before,
    action,
    by,
    subject,
    from: isDate(from) ? String(dateBeginsAt(from, zone)) : '',
    // The last day counts whole.
    to: isDate(to) ? String(dateBeginsAt(dateAfter(to), zone)) : '',
  });
};

/** Anybody may write anything into an address. */
const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
