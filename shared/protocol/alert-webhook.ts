import { type Static, Type } from 'typebox';
import { alertKinds } from '../domain/alert-kinds.ts';

const strict = { additionalProperties: false };
const instant = Type.String({ format: 'date-time', description: 'ISO 8601, UTC' });
const hall = {
  hall: Type.String({ description: 'its id' }),
  hallName: Type.String({ description: 'in its first language' }),
};

const AlertData = Type.Object(
  {
    ...hall,
    alertId: Type.String({ description: 'the same when it is raised and when it is over' }),
    kind: Type.Enum([...alertKinds]),
    subject: Type.String({ description: 'the service of a line, a counter or a device; empty: the hall' }),
    name: Type.String({ description: 'of the subject, in the first language of the hall; empty: the hall' }),
    limit: Type.Integer({ description: 'as it was when the alert was raised' }),
    worst: Type.Integer({ description: 'furthest from its limit: minutes, waiting visitors or percent' }),
    raisedAt: instant,
    resolvedAt: Type.Union([instant, Type.Null()]),
  },
  strict,
);

/**
 * What a webhook says (ALERT-8), in the form of Standard Webhooks (https://www.standardwebhooks.com): what happened, when, and
 * about what; nothing of visitors or staff.
 */
export const WebhookBody = Type.Union([
  Type.Object({ type: Type.Enum(['alert.raised', 'alert.resolved']), timestamp: instant, data: AlertData }, strict),
  Type.Object({ type: Type.Literal('alert.test'), timestamp: instant, data: Type.Object(hall, strict) }, strict),
]);
export type WebhookBody = Static<typeof WebhookBody>;
