import { idPattern } from '../domain/ids.ts';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const Texts = Type.Record(Type.String(), Type.String(), { description: 'a text by language tag' });

/** The longest wait that is still good where neither whoever asks nor the hall says which, minutes. */
export const usualTargetMinutes = 15;

/** The longest wait that is still good in a hall, minutes. */
export const waitTargetOf = (rules: { readonly waitTargetMinutes?: number }): number =>
  rules.waitTargetMinutes ?? usualTargetMinutes;

const ofAnyHall = ['all', 'branch', 'day', 'hour', 'weekday', 'agency', 'service', 'priority', 'channel'] as const;

/** What a report is told by; `all`: by nothing, the period as a whole. */
export const ReportBy = Type.Enum([...ofAnyHall, 'counter', 'agent']);
export type ReportBy = Static<typeof ReportBy>;

const only = (of: string) => Type.Optional(Type.String({ pattern: idPattern, description: `only ${of}` }));

const asked = {
  from: Type.Optional(Type.String({ format: 'date', description: 'absent: 30 days up to the last' })),
  to: Type.Optional(Type.String({ format: 'date', description: 'not earlier than the first; absent: today' })),
  targetMinutes: Type.Optional(
    // Of an address everything is text.
    Type.String({
      pattern: '^[1-9][0-9]{0,3}$',
      description: 'the longest wait that is still good; absent: that of the hall (`waitTargetMinutes`), or 15',
    }),
  ),
  compare: Type.Optional(
    Type.String({
      pattern: '^(before|year|[0-9]{4}-[0-9]{2}-[0-9]{2}\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})$',
      description:
        'the figures of an earlier period, too: `before`, as many days just before; `year`, the same days a year before; or `from..to`',
    }),
  ),
  agencyId: only('what is of this agency'),
  serviceId: only('this service'),
  priorityId: only('this priority class'),
  channel: only('tickets issued there: `kiosk`, `reception`, `phone`, `api`'),
};

export const ReportQuery = Type.Object(
  {
    ...asked,
    by: Type.Optional(ReportBy),
    counterId: only('what was called to this counter last'),
    agentId: only('what was called or served by this agent last'),
  },
  closed,
);
export type ReportQuery = Static<typeof ReportQuery>;

/** Of all halls together: counters and agents are a hall's own, the same id of an agency or a service means the same. */
export const CountryReportQuery = Type.Object({ ...asked, by: Type.Optional(Type.Enum([...ofAnyHall])) }, closed);
export type CountryReportQuery = Static<typeof CountryReportQuery>;

/** The legs that a report tells of, one by one. */
const { from, to, agencyId, serviceId, priorityId, channel } = asked;
const ofParts = {
  ...{ from, to, agencyId, serviceId, priorityId, channel },
  counterId: ReportQuery.properties.counterId,
  agentId: ReportQuery.properties.agentId,
};
export const LegsQuery = Type.Object(ofParts, closed);
export type LegsQuery = Static<typeof LegsQuery>;

export const OutOfTurnQuery = Type.Object(
  {
    ...ofParts,
    after: Type.Optional(
      Type.String({
        pattern: '^[0-9]{1,15}\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[0-9]{1,4}$',
        description: 'what comes after `next` of another answer',
      }),
    ),
  },
  closed,
);
export type OutOfTurnQuery = Static<typeof OutOfTurnQuery>;

/** Whoever was picked by hand, the latest first. */
export const OutOfTurnView = Type.Object(
  {
    from: Type.String({ format: 'date' }),
    to: Type.String({ format: 'date' }),
    picks: Type.Array(
      Type.Object(
        {
          day: Type.String({ format: 'date' }),
          at: Type.Integer({ description: 'of the call, epoch ms' }),
          number: Type.String({ description: 'of the ticket' }),
          serviceId: Type.String(),
          counterId: Type.Union([Type.String(), Type.Null()]),
          staffId: Type.Union([Type.String(), Type.Null()], { description: 'who picked it' }),
          waitedMs: Type.Integer({ minimum: 0 }),
          passed: Type.Integer({
            minimum: 0,
            description: 'how many waited for the same service then and had waited longer',
          }),
          reason: Type.Union([Type.String(), Type.Null()], { description: 'as it was given; null: none was' }),
        },
        closed,
      ),
    ),
    next: Type.Union([Type.String(), Type.Null()], { description: 'what to ask for next; null: these are all' }),
  },
  closed,
);
export type OutOfTurnView = Static<typeof OutOfTurnView>;

const count = (description: string) => Type.Integer({ minimum: 0, description });
const orNull = (description: string) => Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description });

/** Lengths of time; each `null` where there are none. */
export const Lengths = Type.Object(
  {
    count: count('how many were measured'),
    meanSeconds: orNull('their mean, rounded'),
    medianSeconds: orNull('half of them were no longer (nearest rank, whole seconds)'),
    p90Seconds: orNull('nine of ten were no longer (nearest rank, whole seconds)'),
    maxSeconds: orNull('the longest, whole seconds'),
  },
  closed,
);
export type Lengths = Static<typeof Lengths>;

const share = (description: string) =>
  Type.Object({ count: count('that were'), of: count('that could be') }, { ...closed, description });

const figures = {
  joined: count(
    'legs whose visitors joined a line: each service of a visit is one; those that were void count nowhere',
  ),
  called: count('legs that were called'),
  wait: Type.Unsafe<Lengths>({ ...Lengths, description: 'from joining the line to the first call' }),
  walk: Type.Unsafe<Lengths>({ ...Lengths, description: 'from the call that was followed to the start' }),
  service: Type.Unsafe<Lengths>({ ...Lengths, description: 'at the counter, without what it was set aside for' }),
  withinTarget: share('waits no longer than the target'),
  withinStandard: share('services no longer than their own standard, where they have one'),
  told: Type.Object(
    {
      sooner: count('that were called before its beginning'),
      within: count('within it'),
      later: count('after its end'),
    },
    {
      ...closed,
      description:
        'legs that were called, by the range that their visitors could be told when they joined, if any could',
    },
  ),
  done: count('legs that were finished'),
  moved: count('legs sent on to another service'),
  abandoned: share(
    'that left, were cancelled or met closing time before they were called, of those that waited to an end',
  ),
  noShows: share('that were called and in the end did not come, of those called'),
  rejoined: share('that came back after a missed call, of those that missed one'),
  recalled: count('legs that were called again'),
  outOfTurn: share('whose first call was picked by hand, of those called'),
  open: count('legs that still wait or are served'),
};

export const ReportFigures = Type.Object(figures, closed);
export type ReportFigures = Static<typeof ReportFigures>;

export const ReportRow = Type.Object(
  {
    key: Type.String({
      description: 'an id; a date; an hour `00` to `23`; a weekday `1` (Monday) to `7`; empty: none of them',
    }),
    name: Type.Optional(Texts),
    number: Type.Optional(Type.Integer({ description: 'of a counter' })),
    ...figures,
  },
  closed,
);
export type ReportRow = Static<typeof ReportRow>;

const language = Type.Optional(
  Type.String({
    pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$',
    description: 'BCP 47 tag of its texts; absent: as the header asks',
  }),
);

/** The same as a workbook, which is read by people: in a language. */
export const ReportSheetQuery = Type.Object({ ...ReportQuery.properties, language }, closed);
export const CountryReportSheetQuery = Type.Object({ ...CountryReportQuery.properties, language }, closed);

/** What an earlier period had. */
const Compared = Type.Object(
  {
    from: Type.String({ format: 'date' }),
    to: Type.String({ format: 'date' }),
    all: ReportFigures,
    rows: Type.Array(ReportRow),
  },
  closed,
);

export const ReportView = Type.Object(
  {
    from: Type.String({ format: 'date' }),
    to: Type.String({ format: 'date' }),
    zone: Type.Optional(Type.String({ description: 'IANA zone of its days and hours; absent: of each hall its own' })),
    by: ReportBy,
    targetMinutes: Type.Integer(),
    all: ReportFigures,
    rows: Type.Array(ReportRow),
    compared: Type.Optional(Compared),
  },
  closed,
);
export type ReportView = Static<typeof ReportView>;
