import { catalogueFor } from '@antrean/shared/locales/translate.ts';
import { branchView } from '@antrean/shared/views/branch-view.ts';
import { timeIn } from '@antrean/shared/views/date-text.ts';
import { HallNames } from '@antrean/shared/views/hall-names.ts';
import { sayAlert } from '@antrean/shared/views/say-alert.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import { sayIn } from '../http/send-problem.ts';
import type { Mail } from '../mail/mailer.ts';
import type { DueMessage } from './outbox.ts';

/** An alert as plain text, in the subscriber's language; of visitors it says nothing but how many and how long. */
export const writeMessage = (
  {
    tells,
    language,
    alert,
  }: Pick<DueMessage, 'tells'> & { readonly language: string; readonly alert: Omit<DueMessage['alert'], 'id'> },
  setup: BranchSetup,
  publicUrl?: URL,
): Pick<Mail, 'subject' | 'text'> => {
  const say = sayIn(catalogueFor(language));
  const names = new HallNames(branchView(setup, 0));
  const hall = sayName(setup.name, language, setup.languages);
  const what = sayAlert(alert, names, say, language);
  const from = timeIn(setup.zone, alert.raisedAt);
  const when =
    tells === 'resolved' && alert.resolvedAt !== null
      ? say('alertMail.over', { from, to: timeIn(setup.zone, alert.resolvedAt) })
      : say('alertMail.since', { time: from });
  return {
    subject: tells === 'resolved' ? say('alertMail.overSubject', { hall, what }) : `${hall}: ${what}`,
    text: [hall, what, when, '', ...where(setup, publicUrl), say('alertMail.why')].join('\n'),
  };
};

/** A message that shows that messages arrive. */
export const writeTest = (language: string, setup: BranchSetup, publicUrl?: URL): Pick<Mail, 'subject' | 'text'> => {
  const say = sayIn(catalogueFor(language));
  const hall = sayName(setup.name, language, setup.languages);
  return {
    subject: say('alertMail.testSubject', { hall }),
    text: [say('alertMail.test', { hall }), '', ...where(setup, publicUrl), say('alertMail.why')].join('\n'),
  };
};

const where = ({ branchId }: BranchSetup, publicUrl?: URL): string[] =>
  publicUrl ? [new URL(`/manager?branch=${branchId}`, publicUrl).href, ''] : [];
