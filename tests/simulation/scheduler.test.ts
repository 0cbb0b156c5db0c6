import { expect, test } from 'vitest';
import { betweenTurns, Scheduler } from './scheduler.ts';

/** Goes on only after so many awaits, one after another. */
const deep = async (awaits: number, then: () => void): Promise<void> => {
  for (let depth = 0; depth < awaits; depth++) await null;
  then();
};

test('whatever a task sets off has come to rest before the next task begins', async () => {
  const log = await betweenTurns(() => {
    const scheduler = new Scheduler(1_000);
    const giveTimeBack = scheduler.install();
    try {
      const happened: string[] = [];
      const note = (what: string) => happened.push(`${scheduler.now} ${what}`);
      scheduler.after(5, () => {
        void deep(10_000, () => {
          note('the end of a chain of awaits');
          setImmediate(() => void deep(100, () => note('what an immediate began')));
        });
      });
      scheduler.after(5, () => note('the next task'));
      setTimeout(() => note('a timer'), 3);
      scheduler.runUntil(2_000);
      return happened;
    } finally {
      giveTimeBack();
    }
  });

  expect(log).toEqual([
    '1003 a timer',
    '1005 the end of a chain of awaits',
    '1005 what an immediate began',
    '1005 the next task',
  ]);
});
