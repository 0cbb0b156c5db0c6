import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const header =
  'day,arrived_at,service,priority,queued,waited_seconds,outcome,served_at,finished_at,service_seconds,agent';

/**
 * Forty made-up visitors within twenty minutes of two days (the second has ten), three agents and one whom the record
 * does not name; every seventh leaves after two minutes, two at once, and one was served at a time that was lost.
 */
export const smallDays = (): string => {
  const lines = [header];
  for (const [day, count] of [
    [1, 40],
    [2, 10],
  ] as const) {
    for (let index = 0; index < count; index += 1) {
      const arrived = 30_000 + index * 30;
      const service = index % 3 === 0 ? 'NEW' : 'USUAL';
      const priority = index % 5 === 0 ? 2 : index % 8 === 0 ? 1 : 0;
      const agent = index % 11 === 4 ? '' : `agent-${(index % 3) + 1}`;
      const seconds = 40 + ((index * 17) % 50);
      const wait = (index * 7) % 40;
      if (index % 13 === 5) lines.push(`${day},${arrived},${service},${priority},0,0,abandoned,,,,`);
      else if (index % 7 === 3) lines.push(`${day},${arrived},${service},${priority},1,120,abandoned,,,,`);
      else if (index === 8) lines.push(`${day},${arrived},${service},${priority},1,${wait},served,,,,`);
      else {
        const from = arrived + wait;
        lines.push(
          `${day},${arrived},${service},${priority},1,${wait},served,${from},${from + seconds},${seconds},${agent}`,
        );
      }
    }
  }
  return `${lines.join('\n')}\n`;
};

/** Writes a file that is gone again when `remove` is called. */
export const writeRecord = (text: string): { file: string; remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'antrean-recorded-'));
  const file = join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 8)}.csv`);
  writeFileSync(file, text);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
