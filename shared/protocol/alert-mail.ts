import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { uuid } from './uuid.ts';

const strict = { additionalProperties: false };
const instant = Type.Integer({ description: 'epoch ms' });

/** Why an e-mail did not go out. */
export const mailProblems = ['unreachable', 'sign-in', 'tls', 'refused', 'busy', 'other'] as const;
export type MailProblem = (typeof mailProblems)[number];
const Problem = Type.Enum([...mailProblems]);

/** The languages that messages are written in. */
export const mailLanguages = ['id', 'en', 'az', 'ru'] as const;

/** How the messages of a hall's alerts get on. */
export const MailState = Type.Object(
  {
    isSetUp: Type.Boolean({ description: 'this installation has a mail server to send by' }),
    waiting: Type.Integer({ description: 'that were tried and are tried again' }),
    failed: Type.Integer({ description: 'of the last day that were given up' }),
    problem: Type.Union([Problem, Type.Null()], { description: 'of the latest of them' }),
  },
  strict,
);
export type MailState = Static<typeof MailState>;

export const SubscriberView = Type.Object(
  { id: Type.String(), address: Type.String(), language: Type.String(), addedAt: instant },
  strict,
);
export type SubscriberView = Static<typeof SubscriberView>;

/** Who is told of a hall's alerts by e-mail (ALERT-6). */
export const SubscribersView = Type.Object({ mail: MailState, subscribers: Type.Array(SubscriberView) }, strict);
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

export const SubscriberParams = Type.Object(
  { branchId: Type.String({ pattern: idPattern }), subscriberId: uuid() },
  strict,
);

/** What came of a test, as the mail server said it. */
export const MailTest = Type.Object({ isSent: Type.Boolean(), problem: Type.Union([Problem, Type.Null()]) }, strict);
export type MailTest = Static<typeof MailTest>;
