import { createHmac, randomBytes } from 'node:crypto';
import { request as requestPlain } from 'node:http';
import { request as requestSafe } from 'node:https';
import type { WebhookBody } from '@antrean/shared/protocol/alert-webhook.ts';
import type { WebhookProblem } from '@antrean/shared/protocol/alert-subscribers.ts';
import { lookUpPublic, privateAddressCode } from './look-up-public.ts';
import type { WebhookHosts } from './webhook-hosts.ts';

export interface Webhook {
  /** The same at each try, so that one that comes twice can be known. */
  readonly id: string;
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
  readonly body: WebhookBody;
}

/** Posts one webhook. Throws `WebhookFailed`. @returns the status, which is one of success */
export type PostsWebhook = (webhook: Webhook) => Promise<number>;

/** A webhook that did not arrive. Of the receiver's words nothing is kept but the status. */
export class WebhookFailed extends Error {
  readonly problem: WebhookProblem;
  readonly status: number | null;
  constructor(problem: WebhookProblem, status: number | null = null) {
    super(`a webhook did not arrive: ${problem}`);
    this.problem = problem;
    this.status = status;
  }
  /** Whether it makes no sense to try it again. */
  get isFinal(): boolean {
    return this.problem === 'gone';
  }
}

export interface PostOptions {
  readonly hosts: WebhookHosts;
  /** Epoch ms. */
  readonly now: () => number;
  /** So long all of it may take: name, connection and answer, ms. */
  readonly withinMs?: number;
}

const secretMark = 'whsec_';

/** @returns what signs the webhooks of one address: 32 random bytes, as Standard Webhooks writes them */
export const newWebhookSecret = (): string => secretMark + randomBytes(32).toString('base64');

/** By `https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md`. */
const headersOf = ({ id, secret }: Webhook, text: string, seconds: number) => ({
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(text),
  'user-agent': 'antrean',
  'webhook-id': id,
  'webhook-timestamp': String(seconds),
  'webhook-signature': `v1,${createHmac('sha256', Buffer.from(secret.slice(secretMark.length), 'base64'))
    .update(`${id}.${seconds}.${text}`)
    .digest('base64')}`,
});

/** Posts to what is listed and to nothing else, follows nobody elsewhere, and reads no answer but its status (ALERT-9). */
export const postWebhookWith =
  ({ hosts, now, withinMs = 5_000 }: PostOptions): PostsWebhook =>
  async (webhook) => {
    const url = URL.parse(webhook.url);
    const listedAs = url && hosts(url);
    if (!url || !listedAs) throw new WebhookFailed('not-listed');
    const text = JSON.stringify(webhook.body);
    const signal = AbortSignal.timeout(withinMs);
    const status = await new Promise<number>((answered, failed) => {
      const asking = (url.protocol === 'https:' ? requestSafe : requestPlain)(url, {
        method: 'POST',
        headers: headersOf(webhook, text, Math.floor(now() / 1_000)),
        signal,
        // A connection of its own each time, so that each is looked at.
        agent: false,
        ...(listedAs === 'name' && { lookup: lookUpPublic() }),
      });
      asking.on('error', (error: NodeJS.ErrnoException) => {
        failed(new WebhookFailed(signal.aborted ? 'late' : problemOf(error)));
      });
      asking.on('response', (response) => {
        // Before it is let go of, which may be told as an error.
        response.on('error', () => {});
        answered(response.statusCode ?? 0);
        response.destroy();
      });
      asking.end(text);
    });
    if (status >= 200 && status < 300) return status;
    if (status === 410) throw new WebhookFailed('gone', status);
    throw new WebhookFailed(status >= 300 && status < 400 ? 'redirected' : 'refused', status);
  };

const problemOf = ({ code = '' }: NodeJS.ErrnoException): WebhookProblem => {
  if (code === privateAddressCode) return 'private-address';
  return /TLS|SSL|CERT|SIGNATURE|EPROTO|UNABLE_TO/.test(code) ? 'tls' : 'unreachable';
};
