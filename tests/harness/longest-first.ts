import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes a minute or more, the longest first (simulation 6 min, layout 3, crash 2). */
const longest = [
  'simulation/simulation',
  'screens/layout',
  'abuse/bad-inputs',
  'abuse/bad-frames',
  'faults/crash',
  'store/model',
  'screens/cut-off',
  'faults/postgres-loss',
  'faults/timers',
  'screens/journey',
];

/**
 * What takes long begins with the run: begun last, as a file that nobody has timed yet may be, it keeps one processor at
 * work for minutes while the other has nothing left to do.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const known = longest.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
      return known === -1 ? longest.length : known;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
