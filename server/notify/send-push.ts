import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import { catalogueFor } from '@antrean/shared/locales/translate.ts';
import type { PushMessage, PushSubscription } from '@antrean/shared/protocol/web-push.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import webPush from 'web-push';
import { sayIn } from '../http/send-problem.ts';
import type { WebPush } from './web-push.ts';

/** Whoever is not reached by then has been called again, or missed, s. */
const goodForSeconds = 90;
const timeoutMs = 5_000;

/** What a phone shows of a ticket that is called. @param link token of its page */
export const callMessage = (setup: BranchSetup, ticket: Ticket, language: string, link: string): PushMessage => {
  const say = sayIn(catalogueFor(language));
  const counter = ticket.counterId === null ? undefined : setup.counters.get(ticket.counterId);
  const at = counter
    ? [
        say('visit.counter', { number: counter.number }),
        counter.area && sayName(counter.area, language, setup.languages),
      ]
    : [];
  return {
    title: [ticket.number, ...at].filter(Boolean).join(' · '),
    body: `${say('visit.called')} ${sayName(setup.name, language, setup.languages)}`,
    language,
    link,
  };
};

/**
 * Sends one message to a phone, sealed for it alone (RFC 8291).
 *
 * @returns `gone`: the phone takes none any more. Throws where its service could not be asked, or not now.
 */
export const sendPush = async (
  { keys, sender, other }: WebPush,
  subscription: PushSubscription,
  message: PushMessage,
): Promise<'sent' | 'gone'> => {
  try {
    await webPush.sendNotification(subscription, JSON.stringify(message), {
      vapidDetails: { subject: sender, ...keys },
      TTL: goodForSeconds,
      urgency: 'high',
      timeout: timeoutMs,
      ...(other && { agent: other.agent }),
    });
    return 'sent';
  } catch (error) {
    if (error instanceof webPush.WebPushError && (error.statusCode === 404 || error.statusCode === 410)) return 'gone';
    throw error;
  }
};
