import type { AlertChannel } from '@antrean/shared/protocol/alert-subscribers.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import type { Seal } from '../access/seal.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { DueMessage } from './outbox.ts';
import { type PostsWebhook, WebhookFailed } from './post-webhook.ts';
import type { WebhookHosts } from './webhook-hosts.ts';
import { writeMessage } from './write-message.ts';
import { writeWebhook } from './write-webhook.ts';

/** By what messages go out. */
export interface ChannelPorts {
  /** `null`: there is no mail server. */
  readonly mailer: Mailer | null;
  /** `null`: the operator has listed nowhere for them to go. */
  readonly webhooks: { readonly hosts: WebhookHosts; readonly post: PostsWebhook } | null;
  readonly seal: Pick<Seal, 'open'>;
  readonly publicUrl?: URL | undefined;
}

/** The ways that are set up. */
export const channelsOf = ({ mailer, webhooks }: Pick<ChannelPorts, 'mailer' | 'webhooks'>): AlertChannel[] => [
  ...(mailer ? (['email'] as const) : []),
  ...(webhooks ? (['webhook'] as const) : []),
];

/** Sends one message by its channel, which is set up. Throws `MailFailed`, `WebhookFailed`. */
export const deliverMessage = async (
  { mailer, webhooks, seal, publicUrl }: ChannelPorts,
  message: DueMessage,
  setup: BranchSetup,
): Promise<void> => {
  const { id, address } = message;
  if (message.channel === 'email') {
    await mailer?.({
      id,
      to: address,
      ...writeMessage({ ...message, language: message.language ?? 'en' }, setup, publicUrl),
    });
    return;
  }
  await webhooks?.post({
    id,
    url: address,
    secret: openSecret(seal, message.secret),
    body: writeWebhook(message, setup),
  });
};

/** Throws `WebhookFailed` where no key of this installation opens it. */
export const openSecret = (seal: Pick<Seal, 'open'>, sealed: string | null): string => {
  const secret = sealed && seal.open(sealed, 'webhook');
  if (!secret) throw new WebhookFailed('sealed');
  return secret;
};
