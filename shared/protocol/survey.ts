import { type Static, Type } from 'typebox';
import { starsMost, surveyElements, surveys } from '../domain/survey.ts';

const closed = { additionalProperties: false } as const;

/** A visitor rates the visit that has just ended. */
export const RateVisitBody = Type.Object(
  { stars: Type.Integer({ minimum: 1, maximum: starsMost, description: '5 is best' }) },
  closed,
);

/** A visitor answers the survey of nine elements: all of it, for an index of halves would be none. */
export const AnswerSurveyBody = Type.Object(
  {
    marks: Type.Array(Type.Integer({ minimum: 1, maximum: 4 }), {
      minItems: surveyElements.length,
      maxItems: surveyElements.length,
      description: 'of the elements U1 to U9 in this order; 4 is best',
    }),
  },
  closed,
);

/** Business days, both inclusive. */
export const PeriodQuery = Type.Object(
  {
    from: Type.Optional(Type.String({ format: 'date', description: 'absent: 30 days up to the last' })),
    to: Type.Optional(Type.String({ format: 'date', description: 'not earlier than the first; absent: today' })),
  },
  closed,
);
export type PeriodQuery = Static<typeof PeriodQuery>;

const count = (description: string) => Type.Integer({ minimum: 0, description });
const orNull = <T extends Type.TSchema>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const Texts = Type.Record(Type.String(), Type.String(), { description: 'a text by language tag' });

const figures = {
  served: count('visits that ended here, served: each could have answered once'),
  answered: count('visits that answered, by stars or survey'),
  stars: Type.Object(
    { count: count('answers'), mean: orNull(Type.Number(), '1 to 5, two digits; null: too few answers') },
    closed,
  ),
  skm: Type.Object(
    {
      count: count('answers'),
      wanted: count('answers that PermenPANRB 14/2017 wants of so many visits (Krejcie and Morgan)'),
      nrr: orNull(Type.Array(Type.Number()), 'mean of U1 to U9, 1 to 4, three digits; null: too few answers'),
      ikm: orNull(Type.Number(), '25 to 100, two digits; null: too few answers'),
      grade: orNull(Type.Enum(['A', 'B', 'C', 'D']), 'A is best; null: too few answers'),
    },
    closed,
  ),
};

/** How satisfied visitors say they are. Nothing is told of fewer than `fewest` answers but how many they are. */
export const SatisfactionView = Type.Object(
  {
    from: Type.String(),
    to: Type.String(),
    survey: Type.Enum([...surveys], { description: 'what the hall asks now' }),
    fewest: count('answers from which on figures are told'),
    all: Type.Object(figures, closed),
    agencies: Type.Array(Type.Object({ id: Type.String(), name: Texts, ...figures }, closed), {
      description: 'those of the services',
    }),
    services: Type.Array(Type.Object({ id: Type.String(), name: Texts, agencyId: Type.String(), ...figures }, closed), {
      description: 'those with visits or answers, agency by agency in the order of the set-up',
    }),
  },
  closed,
);
export type SatisfactionView = Static<typeof SatisfactionView>;
export type SatisfactionFigures = SatisfactionView['all'];
