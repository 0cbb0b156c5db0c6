import { answersWanted, fewestAnswers, meanStars, type Survey, surveyElements, surveyIndex } from '../domain/survey.ts';
import type { SatisfactionFigures, SatisfactionView } from '../protocol/survey.ts';

/** What visitors said, as sums of which nobody can be told apart. */
export interface Answers {
  /** Visits that ended as served. */
  readonly served: number;
  /** Visits that answered. */
  readonly answered: number;
  /** How many gave stars, and how many those are together. */
  readonly stars: number;
  readonly starsSum: number;
  /** How many answered the survey, and their marks together, of U1 to U9. */
  readonly surveys: number;
  readonly markSums: readonly number[];
}

interface Named {
  readonly id: string;
  readonly name: Readonly<Record<string, string>>;
}

/** The figures of each service, of each agency and of all together (SURVEY-4, SURVEY-5). */
export const tellSatisfaction = (
  services: readonly (Answers & Named & { readonly agency: Named })[],
  asked: { readonly from: string; readonly to: string; readonly survey: Survey },
): SatisfactionView => ({
  ...asked,
  fewest: fewestAnswers,
  all: figuresOf(services.reduce(together, nothing)),
  agencies: [...Map.groupBy(services, ({ agency }) => agency.id).values()].map((own) => ({
    id: own[0]!.agency.id,
    name: { ...own[0]!.agency.name },
    ...figuresOf(own.reduce(together, nothing)),
  })),
  services: services.map(({ id, name, agency, ...answers }) => ({
    id,
    name: { ...name },
    agencyId: agency.id,
    ...figuresOf(answers),
  })),
});

const nothing: Answers = {
  served: 0,
  answered: 0,
  stars: 0,
  starsSum: 0,
  surveys: 0,
  markSums: surveyElements.map(() => 0),
};

const together = (a: Answers, b: Answers): Answers => ({
  served: a.served + b.served,
  answered: a.answered + b.answered,
  stars: a.stars + b.stars,
  starsSum: a.starsSum + b.starsSum,
  surveys: a.surveys + b.surveys,
  markSums: a.markSums.map((sum, index) => sum + (b.markSums[index] ?? 0)),
});

const figuresOf = ({ served, answered, stars, starsSum, surveys, markSums }: Answers): SatisfactionFigures => {
  const index = surveys < fewestAnswers ? null : surveyIndex(markSums, surveys);
  return {
    served,
    answered,
    stars: { count: stars, mean: stars < fewestAnswers ? null : meanStars(starsSum, stars) / 100 },
    skm: {
      count: surveys,
      wanted: answersWanted(served),
      nrr: index && index.nrr.map((mean) => mean / 1_000),
      ikm: index && index.ikm / 100,
      grade: index && index.grade,
    },
  };
};
