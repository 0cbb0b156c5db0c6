import { type Static, Type } from 'typebox';
import { alertKinds } from '../domain/alert-kinds.ts';
import { idPattern } from '../domain/ids.ts';
import { MailState } from './alert-subscribers.ts';
import { uuid } from './uuid.ts';

const strict = { additionalProperties: false };
const instant = Type.Integer({ description: 'epoch ms' });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** What managers are or were told of (ALERT-1). */
export const AlertView = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum([...alertKinds]),
    subject: Type.String({ description: 'the service of a line, a counter or a device; empty: the hall' }),
    name: OrNull(Type.String({ description: 'of a device' })),
    area: OrNull(Type.String({ description: 'where a device stands' })),
    raisedAt: instant,
    worst: Type.Integer({ description: 'furthest from its limit: minutes, waiting visitors or percent' }),
    limit: Type.Integer({ description: 'as it was when the alert was raised' }),
    resolvedAt: OrNull(instant),
    snoozedUntil: OrNull(instant),
    snoozedBy: OrNull(Type.String({ description: 'the account that has seen it' })),
  },
  strict,
);
export type AlertView = Static<typeof AlertView>;

/** Those that stand first, then the latest. */
export const AlertsView = Type.Object(
  { at: instant, date: Type.String({ format: 'date' }), alerts: Type.Array(AlertView), mail: MailState },
  strict,
);
export type AlertsView = Static<typeof AlertsView>;

export const AlertsQuery = Type.Object(
  { date: Type.Optional(Type.String({ format: 'date', description: 'a business day; absent: today' })) },
  strict,
);

export const AlertParams = Type.Object({ branchId: Type.String({ pattern: idPattern }), alertId: uuid() }, strict);

/** So long an alert can be put off at most, minutes: a working day. */
export const snoozeMinutesMost = 480;

export const SnoozeBody = Type.Object(
  {
    minutes: Type.Integer({
      minimum: 1,
      maximum: snoozeMinutesMost,
      description: 'from now on; a later one replaces it',
    }),
  },
  strict,
);
