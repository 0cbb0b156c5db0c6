import { againstStandard } from '@antrean/shared/views/against-standard.ts';
import { expect, test } from 'vitest';

test('a service of 15 minutes is within its standard until minute 12, over it after minute 15', () => {
  const minutes = [-1, 0, 11.9, 12, 15, 15.1, 600];
  expect(minutes.map((each) => againstStandard(each * 60_000, 15))).toEqual([
    ...['within', 'within', 'within'],
    ...['nearly', 'nearly'],
    ...['over', 'over'],
  ]);
});
