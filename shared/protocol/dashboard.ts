import { type Static, Type } from 'typebox';
import { ReportFigures, ReportRow } from './report.ts';

const closed = { additionalProperties: false } as const;
const instant = Type.Integer({ description: 'epoch ms' });
const count = (description: string) => Type.Integer({ minimum: 0, description });
const seconds = (description: string) => Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description });
const { withinTarget, abandoned, noShows } = ReportFigures.properties;

const waitingThen = {
  waiting: count('who waited for their first call'),
  longestSeconds: seconds('the longest of these waits so far; `null`: nobody waited'),
};

/** How the business day stands, by the figures of the reports (TODAY-1). */
export const TodayView = Type.Object(
  {
    date: Type.String({ format: 'date' }),
    at: instant,
    targetMinutes: Type.Integer(),
    all: ReportFigures,
    services: Type.Array(ReportRow, { description: 'those that somebody joined today' }),
    quarters: Type.Array(
      Type.Object(
        {
          at: instant,
          joined: count('who joined a line in these 15 minutes'),
          done: count('who were done in them'),
        },
        closed,
      ),
      { description: 'of each quarter of an hour in which something happened, in their order' },
    ),
    minutes: Type.Array(Type.Object(waitingThen, closed), {
      description: 'of the last hour, by the minute; the last: now',
    }),
    waits: Type.Array(count('waits'), {
      description:
        'waits that have ended in a call by their length: of less than 5 minutes, of 5 to 10, …; the last: of an hour and more',
    }),
    weekBefore: Type.Union(
      [
        Type.Object(
          {
            date: Type.String({ format: 'date' }),
            joined: count('who had joined a line'),
            ...waitingThen,
            withinTarget,
            abandoned,
            noShows,
          },
          closed,
        ),
        Type.Null(),
      ],
      { description: 'a week before at the same time of the clock; `null`: nobody came on that day' },
    ),
  },
  closed,
);
export type TodayView = Static<typeof TodayView>;

/** What is usual on this weekday, and in a week (TODAY-2). */
export const UsualView = Type.Object(
  {
    date: Type.String({ format: 'date' }),
    days: count('so many of the eight same weekdays before had visitors; the quarters tell of them'),
    quarters: Type.Array(
      Type.Object(
        {
          minute: Type.Integer({ minimum: 0, maximum: 1425, description: 'of the day by the clock of the hall' }),
          least: count('who joined a line in these 15 minutes on the quietest of these days'),
          median: Type.Number({ minimum: 0, description: 'on half of them no more' }),
          most: count('on the busiest'),
        },
        closed,
      ),
    ),
    hours: Type.Array(
      Type.Object(
        {
          weekday: Type.Integer({ minimum: 1, maximum: 7, description: '1: Monday' }),
          hour: Type.Integer({ minimum: 0, maximum: 23 }),
          days: count('days of that weekday with visitors in the four weeks before'),
          joined: Type.Number({ minimum: 0, description: 'who joined a line in that hour, the mean of these days' }),
          medianWaitSeconds: seconds('half of their waits were no longer; `null`: nobody was called'),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type UsualView = Static<typeof UsualView>;
