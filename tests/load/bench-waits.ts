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

const partColumns = ['n', 'mae', 'position', 'under P50', 'under P90', 'pinball P90', 'position'];

/** A part of the days: ours beside the one classic that comes near, its constant found on that part alone. */
const partLine = (name: string, said: readonly SaidWait[]): string => {
  const { model, classics } = figuresOf(said);
  return line(name, [
    String(model.n),
    ...[model.mae, classics.position.mae].map(seconds),
    ...[model.underP50, model.underP90].map(percent),
    ...[model.pinball90, classics.position.pinball90].map(seconds),
  ]);
};

/** Day by day, then the first half of the days and the second. */
const partsOf = (said: readonly SaidWait[]): string[] => {
  const days = [...Map.groupBy(said, ({ day }) => day)];
  const half = Math.ceil(days.length / 2);
  const halves = [days.slice(0, half), days.slice(half)].filter((part) => part.length > 0);
  return [
    ...days.map(([day, ofDay]) => partLine(`day ${day}`, ofDay)),
    ...halves.map((part) =>
      partLine(
        `${part[0]?.[0]} to ${part.at(-1)?.[0]}`,
        part.flatMap(([, ofDay]) => ofDay),
      ),
    ),
  ];
};

const main = async (): Promise<void> => {
  const { days } = await readRecordedDays(file);
  const said = sayWaits(days);
  if (said.length === 0) throw new UnreadableRecord(file, [nobodyWaited]);
  const figures = figuresOf(said);
  console.log(`${said.length} people waited and were served, on ${days.size} days of ${file}.\n`);
  console.log(tableOf(figures).join('\n'));
  console.log([`\n${line('', partColumns)}`, ...partsOf(said)].join('\n'));
  if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
};

try {
  await main();
} catch (error) {
  if (!(error instanceof UnreadableRecord)) throw error;
  console.error([`${file} cannot be evaluated.`, ...error.places].join('\n'));
  process.exitCode = 1;
}
