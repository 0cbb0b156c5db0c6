/** What a hall asks of visitors it has served: nothing, stars, or stars and the Indonesian survey of nine elements. */
export const surveys = ['none', 'stars', 'skm'] as const;
export type Survey = (typeof surveys)[number];

/** The most stars that can be given; the fewest is 1. */
export const starsMost = 5;

/**
 * The nine elements of Indonesia's Survei Kepuasan Masyarakat in the order of the regulation (PermenPANRB 14/2017, annex,
 * chapter II): requirements; system, mechanism and procedure; time; cost; product; competence and conduct of the staff;
 * handling of complaints; facilities. Each is answered with 1 to 4.
 */
export const surveyElements = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8', 'u9'] as const;

export const surveyMarks = [1, 2, 3, 4] as const;

/** Of fewer answers no figure is told but their number (SURVEY-5): a mean of them says little, and of whom it may say much. */
export const fewestAnswers = 5;

/** How the regulation calls a service by its index: A very good, B good, C less good, D not good. */
export type SurveyGrade = 'A' | 'B' | 'C' | 'D';

/** Where the conversion intervals of the grades end, in hundredths: 64.99, 76.60, 88.30 (PermenPANRB 14/2017, annex). */
const gradeEnds = [
  ['D', 6_499],
  ['C', 7_660],
  ['B', 8_830],
] as const satisfies readonly (readonly [SurveyGrade, number])[];

export interface SurveyIndex {
  /** Mean of each element (NRR), in thousandths, 1,000 to 4,000. */
  readonly nrr: readonly number[];
  /** Indeks Kepuasan Masyarakat in hundredths, 2,500 to 10,000. */
  readonly ikm: number;
  readonly grade: SurveyGrade;
}

/**
 * NRR, IKM and grade of a number of answers (SURVEY-4). IKM = sum of the nine NRR × 1/9 × 25 (PermenPANRB 14/2017, annex);
 * the weight is the fraction 1/9 itself and not the 0.11 of many forms, with which the best service has 99. All of it is
 * counted in whole numbers and rounded once, half up, to the two digits the intervals have: between 76.60 and 76.61 there
 * is nothing, and no service has the wrong grade by the rounding of a computer.
 *
 * @param sums of the marks, one for each element
 * @param count of answers, at least 1; each has all nine
 */
export const surveyIndex = (sums: readonly number[], count: number): SurveyIndex => {
  const total = sums.reduce((sum, each) => sum + each, 0);
  const ikm = rounded(2_500 * total, surveyElements.length * count);
  return {
    nrr: sums.map((sum) => rounded(1_000 * sum, count)),
    ikm,
    grade: gradeEnds.find(([, end]) => ikm <= end)?.[0] ?? 'A',
  };
};

/** Mean of stars in hundredths, rounded half up. @param count of answers, at least 1 */
export const meanStars = (sum: number, count: number): number => rounded(100 * sum, count);

/**
 * How many answers the regulation wants of so many visits (Krejcie and Morgan, PermenPANRB 14/2017, annex):
 * λ²·N·P·Q / (d²·(N − 1) + λ²·P·Q) with λ² = 3.841, P = Q = 0.5, d = 0.05, to the nearest whole number.
 */
export const answersWanted = (visits: number): number =>
  // Both divided by 0.00025, so that all are whole.
  visits === 0 ? 0 : rounded(3_841 * visits, 10 * (visits - 1) + 3_841);

/** Exact as long as all are whole and below 2^52. */
const rounded = (dividend: number, divisor: number): number => {
  const twice = 2 * dividend + divisor;
  return (twice - (twice % (2 * divisor))) / (2 * divisor);
};
