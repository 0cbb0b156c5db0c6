import { type Static, Type } from 'typebox';
import { languageTag } from './language-tag.ts';

const closed = { additionalProperties: false };

/** What a browser gives when it agrees to show messages of this installation (W3C Push API, `PushSubscription.toJSON`). */
export const PushSubscription = Type.Object(
  {
    endpoint: Type.String({ maxLength: 1_000, description: "an address at the service of the browser's maker" }),
    keys: Type.Object(
      {
        p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{87}=?$', description: "the phone's public key, base64url" }),
        auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}(==)?$', description: '16 secret bytes, base64url' }),
      },
      closed,
    ),
  },
  closed,
);
export type PushSubscription = Static<typeof PushSubscription>;

/** A phone is to be told when its ticket is called. */
export const AskPushBody = Type.Object(
  { subscription: PushSubscription, language: Type.String({ ...languageTag, description: 'of the messages' }) },
  closed,
);

/** What this installation's script in the phone's browser is told, sealed on its way (RFC 8291). */
export interface PushMessage {
  readonly title: string;
  readonly body: string;
  /** A language tag. */
  readonly language: string;
  /** Token of the ticket's page. */
  readonly link: string;
}
