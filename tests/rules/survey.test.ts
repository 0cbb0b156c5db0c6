import { answersWanted, fewestAnswers, meanStars, surveyElements, surveyIndex } from '@antrean/shared/domain/survey.ts';
import { tellSatisfaction } from '@antrean/shared/views/tell-satisfaction.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

/** The grade of as many hundredths, as the table of PermenPANRB 14/2017 has it. */
const gradeOf = (ikm: number): string => (ikm >= 8_831 ? 'A' : ikm >= 7_661 ? 'B' : ikm >= 6_500 ? 'C' : 'D');

test('[SURVEY-4] an example reckoned by hand: ten answers', () => {
  // Sums 32 30 28 40 31 33 34 35 29 over 10 answers: NRR 3.2 3.0 2.8 4.0 3.1 3.3 3.4 3.5 2.9, together 29.2;
  // 29.2 / 9 = 3.2444…, × 25 = 81.111… → 81.11, which lies in 76.61 to 88.30: B.
  expect(surveyIndex([32, 30, 28, 40, 31, 33, 34, 35, 29], 10)).toEqual({
    nrr: [3_200, 3_000, 2_800, 4_000, 3_100, 3_300, 3_400, 3_500, 2_900],
    ikm: 8_111,
    grade: 'B',
  });
  // Three answers 4 4 3: 11 / 3 = 3.666… → 3.667.
  expect(surveyIndex(new Array<number>(9).fill(11), 3)).toEqual({
    nrr: new Array<number>(9).fill(3_667),
    // 11 / 3 × 25 = 91.666…
    ikm: 9_167,
    grade: 'A',
  });
});

test('[SURVEY-4] the best have 100 and not 99, the worst 25', () => {
  expect(surveyIndex(new Array<number>(9).fill(4), 1)).toMatchObject({ ikm: 10_000, grade: 'A' });
  expect(surveyIndex(new Array<number>(9).fill(1), 1)).toMatchObject({ ikm: 2_500, grade: 'D' });
});

test('[SURVEY-4] on both sides of each limit the grade is right, where floating point has it wrong', () => {
  /** Sums with a total over 1000 answers: IKM in hundredths is 2500 × total / 9000. */
  const over1000 = (total: number) => surveyIndex([total, 0, 0, 0, 0, 0, 0, 0, 0], 1_000);
  // 27,576 × 2500 / 9000 = 7660.0; 27,579 → 7660.83…; 27,577 → 7660.27…, which is still 76.60.
  expect(over1000(27_576)).toMatchObject({ ikm: 7_660, grade: 'C' });
  expect(over1000(27_577)).toMatchObject({ ikm: 7_660, grade: 'C' });
  expect(over1000(27_578)).toMatchObject({ ikm: 7_661, grade: 'B' });
  // 23,400 × 2500 / 9000 = 6500.0; 23,398 → 6499.44…; 23,399 → 6499.72…, which is 65.00.
  expect(over1000(23_398)).toMatchObject({ ikm: 6_499, grade: 'D' });
  expect(over1000(23_399)).toMatchObject({ ikm: 6_500, grade: 'C' });
  // 31,788 × 2500 / 9000 = 8830.0.
  expect(over1000(31_788)).toMatchObject({ ikm: 8_830, grade: 'B' });
  expect(over1000(31_790)).toMatchObject({ ikm: 8_831, grade: 'A' });
  const halves = fc.record({
    count: fc.integer({ min: 1, max: 50_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(halves, ({ count, share }) => {
      const total = 9 * count + Math.round(share * 27 * count);
      const { ikm, grade } = surveyIndex([total, 0, 0, 0, 0, 0, 0, 0, 0], count);
      // The same with integers of any size, the other way: ikm is the nearest hundredth, and of two the upper.
      const twice = 2n * 2_500n * BigInt(total);
      const unit = 9n * BigInt(count);
      expect(twice >= (2n * BigInt(ikm) - 1n) * unit && twice < (2n * BigInt(ikm) + 1n) * unit).toBe(true);
      expect(grade).toBe(gradeOf(ikm));
    }),
  );
});

test('[SURVEY-4] the mean of stars has two digits, rounded half up', () => {
  expect([meanStars(13, 3), meanStars(9, 8), meanStars(5, 1)]).toEqual([433, 113, 500]);
});

test('[SURVEY-5] how many answers the regulation wants: rows of the table of Krejcie and Morgan', () => {
  const rows = [
    [0, 0],
    [10, 10],
    [20, 19],
    [100, 80],
    [200, 132],
    [500, 217],
    [1_000, 278],
    [3_000, 341],
    [10_000, 370],
  ] as const;
  for (const [visits, wanted] of rows) expect(answersWanted(visits), String(visits)).toBe(wanted);
});

test('[SURVEY-5] of few answers only their number is told; together they count', () => {
  const answers = (count: number, mark: number) => ({
    served: 40,
    answered: count,
    stars: count,
    starsSum: count * mark,
    surveys: count,
    markSums: surveyElements.map(() => count * mark),
  });
  const agency = { id: 'A', name: { en: 'Agency' } };
  const few = { id: 'S-1', name: { en: 'One' }, agency, ...answers(fewestAnswers - 1, 4) };
  const enough = { id: 'S-2', name: { en: 'Two' }, agency, ...answers(fewestAnswers, 2) };
  const other = { ...few, id: 'S-3', agency: { id: 'B', name: { en: 'The other' } }, ...answers(0, 0) };
  const told = tellSatisfaction([few, enough, other], { from: '2026-01-01', to: '2026-01-31', survey: 'skm' });
  expect(told.services[0]).toMatchObject({
    answered: 4,
    stars: { count: 4, mean: null },
    skm: { count: 4, wanted: 36, nrr: null, ikm: null, grade: null },
  });
  expect(told.services[1]).toMatchObject({ stars: { count: 5, mean: 2 }, skm: { ikm: 50, grade: 'D' } });
  // 4 × 4 + 5 × 2 = 26 over 9: 2.888… × 25 = 72.22.
  expect(told.all).toMatchObject({
    served: 120,
    answered: 9,
    stars: { count: 9, mean: 2.89 },
    skm: { count: 9, ikm: 72.22, grade: 'C', nrr: new Array<number>(9).fill(2.889) },
  });
  expect(told.agencies).toMatchObject([
    { id: 'A', served: 80, answered: 9, skm: { ikm: 72.22, grade: 'C' } },
    { id: 'B', served: 40, answered: 0, skm: { ikm: null, grade: null } },
  ]);
});
