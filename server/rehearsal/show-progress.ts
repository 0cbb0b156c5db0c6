import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from './replay.ts';

export interface ProgressShown {
  readonly show: (progress: Progress) => void;
  readonly end: () => void;
}

/** A bar on a terminal, a line for every tenth of the visits elsewhere. On stderr: stdout is for the report. */
export const showProgress = (total: number, stream: NodeJS.WriteStream = process.stderr): ProgressShown => {
  if (!stream.isTTY) return showLines(stream);
  const bar = new SingleBar(
    {
      format: '{bar} {percentage} % · {clock} of the record · {value} of {total} visits over · {waiting} waiting',
      stream,
      hideCursor: true,
      // Ctrl+C is ours: it ends the replay with its report.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { clock: '00:00:00', waiting: 0 });
  return {
    show: ({ over, second, waiting }) => bar.update(over, { clock: clockOf(second), waiting }),
    end: () => bar.stop(),
  };
};

const showLines = (stream: NodeJS.WriteStream): ProgressShown => {
  let shownTenths = 0;
  return {
    show: ({ over, total, second, waiting }) => {
      const tenths = Math.floor((over / total) * 10);
      if (tenths <= shownTenths) return;
      shownTenths = tenths;
      stream.write(
        `${tenths * 10} % · ${clockOf(second)} of the record · ${over} of ${total} visits over · ${waiting} waiting\n`,
      );
    },
    end: () => {},
  };
};

/** `HH:MM:SS` of a second of the recorded day; past midnight the hours go on. */
const clockOf = (second: number): string =>
  [second / 3_600, (second / 60) % 60, second % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
