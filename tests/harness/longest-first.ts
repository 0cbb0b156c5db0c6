import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes a minute or more, the longest first (announcing 4 min, joining 3). */
const longest = [
  'screens/announcing',
  'screens/joining',
  'print/kiosk',
  'screens/layout',
  'faults/crash',
  'screens/four-languages',
  'screens/cut-off',
  'screens/act-from-overview',
  'screens/long-day',
  'print/kiosk-usb',
  'simulation/simulation',
  'screens/kiosk-shut',
  'abuse/bad-inputs',
  'abuse/bad-frames',
  'store/model',
  'faults/postgres-loss',
  'faults/timers',
  'screens/past',
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
