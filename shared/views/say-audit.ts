import type { MessageKey, MessageValues, Translate } from '../locales/translate.ts';
import type { AuditEntry } from '../protocol/audit.ts';

/** What was done, as a sentence. The action's own name where this page does not know it yet. */
export const sayAction = ({ action, subject }: Pick<AuditEntry, 'action' | 'subject'>, say: Translate): string =>
  sayKnown(say, `did.${action}`, { subject: subject || '–' }) ?? `${action}: ${subject}`;

/** A field of what was changed, with those it lies in; what has no word of its own, such as a language, stays. */
export const sayField = (field: string, say: Translate): string =>
  field
    .split('.')
    .map((step) => sayKnown(say, `field.${step}`) ?? step)
    .join(' · ');

/** Whose act it was: a role of the staff, the server, or nobody's who is signed in. */
export const sayRole = (role: string, say: Translate): string => sayKnown(say, `role.${role}`) ?? role;

/** A page that is older than its server meets words it has no text for. */
const sayKnown = (say: Translate, key: string, values?: MessageValues): string | null => {
  try {
    return say(key as MessageKey, values);
  } catch {
    return null;
  }
};
