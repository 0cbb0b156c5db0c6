import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { openVisitLink } from '@antrean/shared/screen/visit-link.ts';
import type { BenchHall } from './measure-memory.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { buildScreens } from '../screens/build-screens.ts';
import { type Figure, figureOf, percentile } from './figures.ts';

const phoneCount = 500;
const callCount = 20;
/** Between two calls all phones have looked: five seconds till they are told, four till the last looks. */
const betweenCallsMs = 9_500;
const measuredCalls = 3;
/** What is promised: who is called has it before their eyes within a second. */
const toldLimit = 1_000;
/** Half a core over the four seconds in which they look, ms. */
const cpuLimit = 2_000;
const memoryLimit = 60;

/** A phone with the page of a ticket open: it fetches it as the browser does. */
interface BenchPhone {
  readonly number: string;
  toldAt: number;
  looks: number;
  readonly close: () => void;
}

const openPhone = (address: string, { link, number }: { link: string; number: string }): Promise<BenchPhone> =>
  new Promise((resolve) => {
    let version = 0;
    const look = async (): Promise<void> => {
      phone.looks += 1;
      const text = await (await fetch(`${address}/v/${link}`)).text();
      version = Number(/data-version="(\d+)"/.exec(text)?.[1]);
      if (text.includes('data-status="called"') && !phone.toldAt) phone.toldAt = performance.now();
    };
    const close = openVisitLink(
      link,
      { version: () => version, look, changed: (state) => state === 'live' && resolve(phone) },
      address,
    );
    const phone: BenchPhone = { number, toldAt: 0, looks: 0, close };
  });

/** Processor time of a process, ms; Linux counts in hundredths of a second. */
const cpuMs = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

/** 500 people of one line with their phones open: how soon whoever is called sees it, and what it costs that all look. */
export const measurePhones = async (
  startHall: (env: Record<string, string>) => Promise<BenchHall>,
  rounds: number,
): Promise<[string, Figure][]> => {
  await buildScreens();
  const results = { called: [], cpu: [], rss: [] } as Record<
    'called' | 'cpu' | 'rss',
    { ours: number; limit: number }[]
  >;
  for (let round = 0; round < rounds; round++) {
    const { api, server, stop } = await startHall({ SCREENS: 'yes' });
    const tickets: { link: string; number: string }[] = [];
    for (let count = 0; count < phoneCount; count++) {
      const { body } = await api.post('/tickets', { serviceId: 'S-0' });
      tickets.push({ link: String(body.link), number: (body.ticket as { number: string }).number });
    }
    const before = await server.rssMb();
    const phones = await Promise.all(tickets.map((ticket) => openPhone(server.address, ticket)));
    await waitUntil('all have looked', () => phones.every(({ looks }) => looks > 0), { withinMs: 30_000 });
    await wait(betweenCallsMs);
    results.rss.push({ ours: ((await server.rssMb()) - before) * (1_024 / phoneCount), limit: memoryLimit });
    const times: number[] = [];
    const costs: number[] = [];
    for (let index = 0; index < callCount; index++) {
      const [cpuBefore, startedAt] = [cpuMs(server.pid), performance.now()];
      const { body } = await api.post(`/counters/C-${(index % 16) + 1}/call-next`);
      const { number } = body.ticket as { number: string };
      const phone = phones.find((one) => one.number === number)!;
      await waitUntil('it sees it', () => phone.toldAt > 0, { everyMs: 1 });
      times.push(phone.toldAt - startedAt);
      // The first calls of all are for the compiler.
      if (index < callCount - measuredCalls) continue;
      await wait(betweenCallsMs);
      costs.push(cpuMs(server.pid) - cpuBefore);
    }
    for (const { close } of phones) close();
    await stop();
    results.called.push({ ours: percentile(times.slice(5), 0.95), limit: toldLimit });
    results.cpu.push({ ours: percentile(costs, 0.5), limit: cpuLimit });
  }
  return [
    ['phones500.called', figureOf(results.called, 'ms')],
    ['phones500.cpu', figureOf(results.cpu, 'ms')],
    ['rss.phones500', figureOf(results.rss, 'kB a phone')],
  ];
};
