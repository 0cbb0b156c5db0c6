import { chooseDay, readRecordedDays } from '@antrean/server/rehearsal/read-recorded-day.ts';
import { UnreadableRecord } from '@antrean/server/rehearsal/recorded-day.ts';
import { expect, test } from 'vitest';
import { header, smallDays, writeRecord } from './small-day.ts';

const served = '1,100,A,0,1,20,served,120,150,30,agent-1';
const left = '1,110,A,0,1,60,abandoned,,,,';
const file = (...lines: string[]): string => `${[header, ...lines].join('\n')}\n`;

const faults: readonly [name: string, text: string, place: string, says: string][] = [
  ['an empty file', '', 'line 1', 'is empty'],
  ['a header alone', `${header}\n`, 'line 1', 'has a header but no visits'],
  ['a missing column', file(served).replace(',agent', ''), 'line 1, column agent', 'is missing'],
  ['an unknown column', file(served).replace('queued', 'quued'), 'line 1, column quued', 'is not known'],
  ['a column twice', file(served).replace('queued', 'day'), 'line 1, column day', 'stands twice'],
  ['a missing comma', file(served, '1,110,A,0,1,60,abandoned,,,'), 'line 3', 'has 10 cells where the header has 11'],
  ['a word for a number', file(served.replace('1,100', '1,soon')), 'line 2, column arrived_at', 'is "soon"'],
  ['a fraction', file(served.replace(',30,', ',30.5,')), 'line 2, column service_seconds', 'whole number'],
  ['a day below 1', file(served.replace('1,', '0,')), 'line 2, column day', 'whole number from 1'],
  ['a wait below 0', file(left.replace(',60,', ',-60,')), 'line 2, column waited_seconds', 'from 0 to 86400'],
  ['a service below 0', file(served.replace(',30,', ',-30,')), 'line 2, column service_seconds', 'from 0 to 86400'],
  ['a time after midnight', file(served.replace('1,100', '1,86401')), 'line 2, column arrived_at', 'from 0 to 86400'],
  ['an unknown outcome', file(left.replace('abandoned', 'lost')), 'line 2, column outcome', 'served or abandoned'],
  ['no service', file(left.replace(',A,', ',,')), 'line 2, column service', '1 to 64 characters'],
  ['arrivals out of order', file(left, served), 'line 3, column arrived_at', 'sort by arrived_at'],
  ['days out of order', file(left.replace('1,', '2,'), served), 'line 3, column day', 'comes after day 2'],
  ['a service half recorded', file(served.replace('150', '')), 'line 2, column finished_at', 'fill all three or none'],
  ['times that disagree', file(served.replace('150', '160')), 'line 2, column service_seconds', 'correct one of them'],
  [
    'served after leaving',
    file(`${left}`.replace(',,,,', ',170,200,30,')),
    'line 2, column served_at',
    'must be empty',
  ],
  ['an agent of nobody', file(`${left}agent-1`), 'line 2, column agent', 'must be empty'],
  ['an open quote', file(served, '1,110,"A,0,1,60,abandoned,,,,'), 'line', 'is not CSV'],
];

test.each(faults)('%s is named with its place, and nothing is read', async (_name, text, place, says) => {
  const { file, remove } = writeRecord(text);

  const reading = readRecordedDays(file);

  await expect(reading).rejects.toThrow(UnreadableRecord);
  await expect(reading).rejects.toThrow(place);
  await expect(reading).rejects.toThrow(says);
  await expect(reading).rejects.toThrow('nothing was sent');
  remove();
});

test('every fault of a file is counted, the first ten are shown', async () => {
  const { file: path, remove } = writeRecord(file(...Array.from({ length: 30 }, () => left.replace(',60,', ',x,'))));

  const error = await readRecordedDays(path).catch((caught: UnreadableRecord) => caught);

  expect(error).toBeInstanceOf(UnreadableRecord);
  expect((error as UnreadableRecord).faults).toHaveLength(30);
  expect((error as UnreadableRecord).message).toContain('and 20 more');
  remove();
});

test('a file that is not there is an error that says so', async () => {
  await expect(readRecordedDays('/nowhere/day.csv')).rejects.toThrow('cannot be read (ENOENT)');
});

test('days are told apart; without one the first is meant, and one that is not there is answered with those that are', async () => {
  const { file, remove } = writeRecord(smallDays());
  const record = await readRecordedDays(file);

  expect(chooseDay(file, record)).toMatchObject({ day: 1, visits: { length: 40 } });
  expect(chooseDay(file, record, 2)).toMatchObject({ day: 2, visits: { length: 10 } });
  expect(() => chooseDay(file, record, 3)).toThrow('there is no day 3; choose one of 1, 2');
  remove();
});

test('a service that goes on past midnight, a column order of its own, a byte order mark and CRLF are read', async () => {
  const columns = header.split(',').toReversed().join(',');
  const row = '1,86390,A,0,0,0,served,86390,10,20,'.split(',').toReversed().join(',');
  const { file, remove } = writeRecord(`\uFEFF${columns}\r\n${row}\r\n`);

  const { visits } = chooseDay(file, await readRecordedDays(file));

  expect(visits).toEqual([
    {
      line: 2,
      arrivedAt: 86_390,
      service: 'A',
      priority: 0,
      waitedSeconds: 0,
      outcome: 'served',
      served: { servedAt: 86_390, serviceSeconds: 20, agent: null },
    },
  ]);
  remove();
});
