import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readRecordedDays } from '@antrean/server/rehearsal/read-recorded-day.ts';
import { UnreadableRecord } from '@antrean/server/rehearsal/recorded-day.ts';
import { figuresOf, sayWaits, type SaidWait, type WaitFigures } from './evaluate-waits.ts';

// `pnpm bench:waits FILE [--json OUT]`: how right the expected waits would have been on recorded days (docs/waits.md).
const {
  values: { json },
  positionals: [file = ''],
} = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });

const columns = ['mae', 'median', 'under P50', 'under P90', 'pinball P90'];
const line = (name: string, cells: readonly string[]): string =>
  [name.padEnd(14), ...cells.map((cell) => cell.padStart(12))].join('');
const seconds = (value: number): string => `${value.toFixed(2)} s`;
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

const tableOf = ({ model, classics }: WaitFigures): string[] => [
  line('', columns),
  line('ours', [
    seconds(model.mae),
    seconds(model.medianAe),
    percent(model.underP50),
    percent(model.underP90),
    seconds(model.pinball90),
  ]),
  ...Object.entries(classics).map(([name, { mae, medianAe, underP90, pinball90 }]) =>
    line(name, [seconds(mae), seconds(medianAe), '', percent(underP90), seconds(pinball90)]),
  ),
];

const nobodyWaited = {
  line: 1,
  column: 'waited_seconds',
  message: 'nobody waited and was served: there is no wait to judge',
};

const dayLine = (day: number, said: readonly SaidWait[]): string => {
  const { model, classics } = figuresOf(said);
  const cells = [seconds(model.mae), seconds(classics.position.mae), percent(model.underP50), percent(model.underP90)];
  return line(`day ${day}`, [String(model.n), ...cells, seconds(model.pinball90)]);
};

const main = async (): Promise<void> => {
  const { days } = await readRecordedDays(file);
  const said = sayWaits(days);
  if (said.length === 0) throw new UnreadableRecord(file, [nobodyWaited]);
  const figures = figuresOf(said);
  console.log(`${said.length} people waited and were served, on ${days.size} days of ${file}.\n`);
  console.log(tableOf(figures).join('\n'));
  console.log(`\n${line('', ['n', 'mae', 'position', 'under P50', 'under P90', 'pinball P90'])}`);
  for (const [day, ofDay] of Map.groupBy(said, ({ day }) => day)) console.log(dayLine(day, ofDay));
  if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
};

try {
  await main();
} catch (error) {
  if (!(error instanceof UnreadableRecord)) throw error;
  console.error([`${file} cannot be evaluated.`, ...error.places].join('\n'));
  process.exitCode = 1;
}
