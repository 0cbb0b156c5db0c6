import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { uuid } from './uuid.ts';

const strict = { additionalProperties: false };
const instant = Type.Integer({ description: 'epoch ms' });

/** How somebody is told of alerts. */
export const alertChannels = ['email', 'webhook'] as const;
export type AlertChannel = (typeof alertChannels)[number];

/** Why an e-mail did not go out. */
export const mailProblems = ['unreachable', 'sign-in', 'tls', 'refused', 'busy', 'other'] as const;
export type MailProblem = (typeof mailProblems)[number];

/** Why a webhook did not arrive. */
export const webhookProblems = [
  'not-listed',
  'private-address',
  'unreachable',
  'tls',
  'late',
  'redirected',
  'refused',
  'gone',
  'sealed',
  'other',
] as const;
export type WebhookProblem = (typeof webhookProblems)[number];

/** The languages that messages are written in. */
export const mailLanguages = ['id', 'en', 'az', 'ru'] as const;

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

const stateOf = <Problem extends Parameters<typeof Type.Union>[0][number]>(problem: Problem, isSetUp: string) =>
  Type.Object(
    {
      isSetUp: Type.Boolean({ description: isSetUp }),
      waiting: Type.Integer({ description: 'that were tried and are tried again' }),
      failed: Type.Integer({ description: 'of the last day that were given up' }),
      problem: Type.Union([problem, Type.Null()], { description: 'of the latest of them' }),
    },
    strict,
  );

/** How the e-mails of a hall's alerts get on. */
export const MailState = stateOf(Type.Enum([...mailProblems]), 'this installation has a mail server to send by');
export type MailState = Static<typeof MailState>;

/** How the webhooks of a hall's alerts get on. */
export const WebhookState = stateOf(
  Type.Enum([...webhookProblems]),
  'the operator has listed hosts that webhooks may go to',
);
export type WebhookState = Static<typeof WebhookState>;

export const SubscriberView = Type.Object(
  {
    id: Type.String(),
    channel: Type.Enum([...alertChannels]),
    address: Type.String({ description: 'an e-mail address, or where a webhook goes' }),
    language: OrNull(Type.String({ description: 'of e-mails' })),
    addedAt: instant,
    stoppedAt: OrNull(
      Type.Integer({
        description: 'epoch ms: the address said that it takes no more; a test that arrives begins anew',
      }),
    ),
  },
  strict,
);
export type SubscriberView = Static<typeof SubscriberView>;

/** Who is told of a hall's alerts (ALERT-6, ALERT-8). */
export const SubscribersView = Type.Object(
  { mail: MailState, webhooks: WebhookState, subscribers: Type.Array(SubscriberView) },
  strict,
);
export type SubscribersView = Static<typeof SubscribersView>;

export const AddSubscriberBody = Type.Object(
  {
    address: Type.String({
      maxLength: 254,
      // One address in its plain form: nothing that would be another header, a name or a second address.
      pattern: '^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+$',
      description: 'an e-mail address such as manager@example.org',
    }),
    language: Type.Enum([...mailLanguages]),
  },
  strict,
);

export const AddWebhookBody = Type.Object(
  {
    url: Type.String({
      maxLength: 500,
      // Printable ASCII without what ends or begins anew: names of other scripts are written in their ASCII form.
      pattern: '^https?://[!-~]+$',
      description: 'where alerts are posted to, such as https://hooks.example.org/antrean',
    }),
  },
  strict,
);

/** The only answer that holds the secret: whoever has it can tell what comes from here (ALERT-8). */
export const AddedWebhook = Type.Object(
  { subscriber: SubscriberView, secret: Type.String({ description: '`whsec_` and 32 bytes in base64' }) },
  strict,
);
export type AddedWebhook = Static<typeof AddedWebhook>;

export const SubscriberParams = Type.Object(
  { branchId: Type.String({ pattern: idPattern }), subscriberId: uuid() },
  strict,
);

/** What came of a test, as the mail server or the receiver said it. */
export const SubscriberTest = Type.Object(
  {
    isSent: Type.Boolean(),
    problem: OrNull(Type.Enum([...new Set([...mailProblems, ...webhookProblems])])),
    status: OrNull(Type.Integer({ description: 'what the receiver of a webhook answered' })),
  },
  strict,
);
export type SubscriberTest = Static<typeof SubscriberTest>;
