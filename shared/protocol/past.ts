import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { CallReasonView } from './call-reason.ts';
import { Snapshot } from './screens.ts';
import { NumberParams } from './staff-views.ts';

const closed = { additionalProperties: false } as const;
const date = Type.String({ format: 'date', description: 'the business day, `YYYY-MM-DD`' });
const instant = (description: string) => Type.Integer({ description: `${description}, epoch ms` });
const text = (description?: string) => Type.Optional(Type.String(description ? { description } : {}));

export const DayParams = Type.Object({ branchId: Type.String({ pattern: idPattern }), date }, closed);

export const DaysQuery = Type.Object(
  { before: Type.Optional(Type.String({ format: 'date', description: 'only days before this one' })) },
  closed,
);

/** The business days that there is something to tell of. */
export const DaysView = Type.Object(
  {
    days: Type.Array(Type.String(), {
      description: 'business days on which tickets were issued, the latest first, at most 366',
    }),
    hasMore: Type.Boolean({ description: 'there are earlier ones: ask with `before`' }),
  },
  closed,
);
export type DaysView = Static<typeof DaysView>;

/** A business day at a glance. */
export const DayOutlineView = Type.Object(
  {
    date: Type.String(),
    from: instant('its first event'),
    to: instant('its last event'),
    stepMs: Type.Integer({ description: 'how far the counts lie apart, ms' }),
    waiting: Type.Array(Type.Integer(), { description: 'how many waited at `from`, and after each step' }),
  },
  closed,
);
export type DayOutlineView = Static<typeof DayOutlineView>;

/** In the address, as text. */
export const PastQuery = Type.Object(
  {
    at: Type.Optional(
      Type.String({ pattern: '^[0-9]{1,15}$', description: 'epoch ms; absent: as the day ended, or as it is now' }),
    ),
  },
  closed,
);

/** A hall as it stood (PAST-1). */
export const PastView = Type.Object(
  {
    date: Type.String(),
    at: instant('the instant asked for'),
    version: Type.Integer({ description: 'of the last event that had happened' }),
    eventAt: instant('when that was'),
    floor: Snapshot.properties.entries,
    board: Snapshot.properties.entries,
    waiting: Type.Array(Type.Object({ serviceId: Type.String(), numbers: Type.Array(Type.String()) }, closed), {
      description: 'who waited, by service, each in the order of the line; of an agency its own only',
    }),
  },
  { ...closed, description: '`floor` is what the manager saw, `board` what public screens were told' },
);
export type PastView = Static<typeof PastView>;

export const DayNumberParams = Type.Object({ ...NumberParams.properties, date }, closed);

const Kept = Type.Object({ counterId: text(), agentId: text() }, closed);

/** One event of a ticket. Ids of the set-up; what does not belong to the event, or is empty, is absent. */
export const StoryStep = Type.Object(
  {
    version: Type.Integer(),
    at: instant('when'),
    type: Type.String({ description: 'the event, such as `ticket.called`' }),
    by: Type.Object({ kind: Type.String(), staffId: text() }, { ...closed, description: 'whose act it was' }),
    serviceId: Type.String(),
    counterId: text(),
    toServiceId: text('where it waits after this'),
    legServiceId: text('what was added to the visit'),
    priority: text(),
    channel: text(),
    language: text(),
    journeyId: text(),
    ahead: Type.Optional(Type.Integer({ description: 'waiting in its line when it came' })),
    bookedFor: Type.Optional(instant('the hour of its appointment')),
    why: Type.Optional(CallReasonView),
    outcome: text(),
    quantity: Type.Optional(Type.Integer()),
    reason: text(),
    until: Type.Optional(instant('until when it is held')),
    reservedFor: Type.Optional(Kept),
    agentId: text('whom a parked one is kept for'),
    backTo: text('the agent it comes back to'),
    note: text(),
    place: text(),
    action: text('what was taken back'),
    status: text('where it stands after that'),
  },
  closed,
);
export type StoryStep = Static<typeof StoryStep>;

/** All that happened to a ticket (PAST-4). */
export const StoryView = Type.Object(
  {
    date: Type.String(),
    number: Type.String(),
    ticketId: Type.String(),
    isWhole: Type.Boolean({ description: 'false: steps at services of other agencies are left out' }),
    steps: Type.Array(StoryStep),
  },
  closed,
);
export type StoryView = Static<typeof StoryView>;
