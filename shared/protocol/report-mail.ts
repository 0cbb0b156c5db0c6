import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { reportRhythms } from '../domain/report-period.ts';
import { AddSubscriberBody, mailProblems } from './alert-subscribers.ts';

const strict = { additionalProperties: false };
const instant = Type.Integer({ description: 'epoch ms' });
const date = (description: string) => Type.String({ format: 'date', description });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Problem = OrNull(Type.Enum([...mailProblems]));
const Every = Type.Enum([...reportRhythms], {
  description: 'a report of each business day, each week from Monday on, or each month',
});

const period = {
  from: date('the first business day told of'),
  to: date('the last'),
};

export const ReportSubscriberView = Type.Object(
  {
    id: Type.String(),
    address: Type.String(),
    language: Type.String(),
    every: Every,
    agencyId: OrNull(Type.String({ description: 'only what is of this agency; null: the hall' })),
    addedAt: instant,
    next: Type.Object({ ...period, at: instant }, { ...strict, description: 'what is sent next, and not before when' }),
    sent: OrNull(Type.Object({ ...period, at: instant }, { ...strict, description: 'what was sent last, and when' })),
    problem: OrNull(
      Type.Enum([...mailProblems], {
        description: 'why the latest try of the next failed; it is tried again until a week after the period',
      }),
    ),
    lost: OrNull(
      Type.Object(
        { ...period, problem: Problem },
        {
          ...strict,
          description: 'given up since one was sent last: the latest, and why its last try failed, if there was one',
        },
      ),
    ),
  },
  strict,
);
export type ReportSubscriberView = Static<typeof ReportSubscriberView>;

/** Who gets the reports of a hall by e-mail (REPORT-21). */
export const ReportSubscribersView = Type.Object(
  {
    isSetUp: Type.Boolean({ description: 'this installation has a mail server to send by' }),
    subscribers: Type.Array(ReportSubscriberView),
  },
  strict,
);
export type ReportSubscribersView = Static<typeof ReportSubscribersView>;

export const AddReportSubscriberBody = Type.Object(
  {
    ...AddSubscriberBody.properties,
    every: Every,
    agencyId: Type.Optional(
      Type.String({ pattern: idPattern, description: 'only what is of this agency; absent: the hall' }),
    ),
  },
  strict,
);

/** What came of sending the report of the latest period that is over. */
export const ReportSent = Type.Object({ ...period, isSent: Type.Boolean(), problem: Problem }, strict);
export type ReportSent = Static<typeof ReportSent>;
