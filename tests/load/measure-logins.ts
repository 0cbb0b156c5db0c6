import { setTimeout as wait } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { type Api, apiOf } from '../harness/api.ts';
import { counterCount, plainBranch, serviceCount } from '../harness/plain-hall.ts';
import { type Figure, figureOf, percentile } from './figures.ts';
import type { BenchHall } from './measure-memory.ts';

/** So many people sign in at the same moment, as when a hall opens: each with an account of their own, behind one address. */
const together = 20;
/** What the 95th percentile may take, ms. */
const loginLimit = 1_000;
const commandLimit = 100;
/** Bursts in a round, one after the other. */
const bursts = 5;
/** Commands come from as many counters as there are, each so long after its last answer, ms. */
const pauseMs = 40;

/** What "call next" takes at a counter, again and again until told to stop, ms. */
const callUntil = async (api: Api, counter: number, isOver: () => boolean): Promise<number[]> => {
  const times: number[] = [];
  while (!isOver()) {
    const began = performance.now();
    const answer = await api.post(`/counters/C-${counter}/call-next`);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    times.push(performance.now() - began);
    await wait(pauseMs);
  }
  return times;
};

/** Times of the commands of all counters while something goes on. */
const commandsDuring = async (api: Api, work: () => Promise<void>): Promise<number[]> => {
  let isOver = false;
  const calling = Array.from({ length: counterCount }, (_, index) => callUntil(api, index + 1, () => isOver));
  await work().finally(() => (isOver = true));
  return (await Promise.all(calling)).flat();
};

/** Twenty sign-ins at once, and what agents at work notice of them; beside the same commands without any. */
export const measureLogins = async (
  startHall: () => Promise<BenchHall>,
  rounds: number,
): Promise<Map<string, Figure>> => {
  const logins: { ours: number; limit: number }[] = [];
  const commands: { ours: number; limit: number }[] = [];
  const beside: { ours: number; limit: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const hall = await startHall();
    const { address } = hall.server;
    const people: { login: string; password: string }[] = [];
    for (let index = 0; index < together; index++) {
      const login = `person-${index}`;
      const account = { login, displayName: login, role: 'agent', branchId: plainBranch } as const;
      people.push({ login, password: await createStaff(hall.sql, account) });
    }
    const visitor = apiOf(address, plainBranch);
    for (let index = 0; index < 4_000; index += 50) {
      const issue = (at: number) => visitor.post('/tickets', { serviceId: `S-${(index + at) % serviceCount}` });
      await Promise.all(Array.from({ length: 50 }, (_, at) => issue(at)));
    }
    const signIn = async (body: object): Promise<number> => {
      const began = performance.now();
      const answer = await fetch(`${address}/v1/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      await answer.text();
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}`);
      return performance.now() - began;
    };
    // Once beforehand, so that neither side pays for what happens the first time.
    await commandsDuring(hall.api, async () => void (await Promise.all(people.map(signIn))));
    const alone = await commandsDuring(hall.api, () => wait(3_000));
    const times: number[] = [];
    const meanwhile = await commandsDuring(hall.api, async () => {
      for (let burst = 0; burst < bursts; burst++) times.push(...(await Promise.all(people.map(signIn))));
    });
    logins.push({ ours: percentile(times, 0.95), limit: loginLimit });
    commands.push({ ours: percentile(meanwhile, 0.95), limit: commandLimit });
    beside.push({ ours: percentile(meanwhile, 0.95), limit: percentile(alone, 0.95) });
    await hall.stop();
  }
  return new Map([
    ['logins.c20.p95', figureOf(logins, 'ms')],
    ['logins.commands.p95', figureOf(commands, 'ms')],
    ['logins.commands.beside', figureOf(beside, 'ms')],
  ]);
};
