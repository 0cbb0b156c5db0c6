import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import flags from '@antrean/server/launch/node-flags.json' with { type: 'json' };
import { expect, inject, test } from 'vitest';
import type { Fired } from './fire-inputs.ts';

/** Inputs in all. */
const total = Number(process.env.ANTREAN_BAD_INPUTS ?? 100_000);
/** The run prints its seed; with it, every input comes again. */
const seed = Number(process.env.ANTREAN_ABUSE_SEED ?? Date.now() % 1_000_000);
const processes = Math.min(4, availableParallelism());
/**
 * How much a process may grow once a quarter of its inputs are behind it, MB: for each ticket that was rightly issued, for each
 * 100,000 inputs, and for what the allocator keeps.
 */
const growthLimit = (tickets: number, sent: number): number => tickets * 0.004 + (sent / 100_000) * 2 + 24;

const fireFrom = async (place: number): Promise<Fired> => {
  const count = Math.floor((total * (place + 1)) / processes) - Math.floor((total * place) / processes);
  const env = { ...process.env, POSTGRES_URL: inject('postgresUrl'), SEED: `${seed + place}`, COUNT: `${count}` };
  const child = fork(new URL('fire-inputs.ts', import.meta.url), {
    env,
    execArgv: [...flags, '--expose-gc'],
  });
  const [found] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${String(code)}`))),
  ])) as [Fired];
  return found;
};

/** Least squares, MB for 100,000 inputs. */
const slopeOf = (points: Fired['memory']): number => {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(({ sent }) => sent)), mean(points.map(({ rss }) => rss))];
  const along = points.reduce((sum, { sent, rss }) => sum + (sent - x) * (rss - y), 0);
  return (along / points.reduce((sum, { sent }) => sum + (sent - x) ** 2, 0)) * 100_000;
};

const added = (all: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const one of all) for (const [key, count] of Object.entries(one)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
};

test(
  `${total} bad inputs over all routes are answered as they should be, and leave nothing behind`,
  { timeout: 1_800_000 },
  async () => {
    const began = performance.now();
    const all = await Promise.all(Array.from({ length: processes }, (_, place) => fireFrom(place)));
    const seconds = (performance.now() - began) / 1_000;
    const sent = all.reduce((sum, one) => sum + one.sent, 0);
    const perStatus = added(all.map((one) => one.perStatus));
    const perRoute = added(all.map((one) => one.perRoute));
    console.log(
      `${sent} bad inputs over ${Object.keys(perRoute).length} routes in ${seconds.toFixed(0)} s, seed ${seed}; ` +
        Object.entries(perStatus)
          .map(([status, count]) => `${status}: ${count}`)
          .join(', '),
    );
    const perCode = added(all.map((one) => one.perCode));
    const leastOf = (counts: Record<string, number>): string =>
      Object.entries(counts)
        .sort(([, a], [, b]) => a - b)[0]!
        .join(': ');
    console.log(
      `${Object.keys(perCode).length} codes, the rarest ${leastOf(perCode)}; fewest inputs: ${leastOf(perRoute)}`,
    );
    expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    for (const { memory, tickets, processor } of all) {
      const late = memory.slice(Math.floor(memory.length / 4));
      const [first, last] = [late[0]!, late.at(-1)!];
      const limit = growthLimit(last.tickets - first.tickets, last.sent - first.sent);
      console.log(
        `RSS ${memory.map(({ rss }) => rss.toFixed(0)).join(' ')} MB: ${slopeOf(late).toFixed(2)} MB for 100,000 inputs, grown by ` +
          `${(last.rss - first.rss).toFixed(1)} of at most ${limit.toFixed(1)}; heap ` +
          `${memory.map(({ heap }) => heap.toFixed(0)).join(' ')} MB; ${tickets} tickets issued; ${processor.toFixed(0)} s of a processor`,
      );
      expect(memory.length).toBeGreaterThanOrEqual(8);
      expect(last.rss - first.rss).toBeLessThan(limit);
    }
    expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    expect(sent).toBe(total);
  },
);
