import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound } from '../harness/expect-sound.ts';
import { plainBranch } from '../harness/plain-hall.ts';
import type { TcpProxy } from '../harness/tcp-proxy.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { checkLog, heardBy, ledgerIdOf } from './check-log.ts';
import { CommandLog } from './command-log.ts';
import { atCommand, counters, type CrashScene, isCommitted, nextAnswer, setCrashScene } from './crash-scene.ts';
import { startHallLoad } from './hall-load.ts';

let scene: CrashScene;
let log: CommandLog;
const passed: { name: string; recoveryMs: number }[] = [];
const acked = () => log.count('done');

beforeAll(async () => {
  scene = await setCrashScene();
  log = new CommandLog(scene.target);
});
afterAll(async () => {
  const worst = passed.reduce((a, b) => (b.recoveryMs > a.recoveryMs ? b : a));
  const inDoubt = log.commands.filter(({ wasInDoubt }) => wasInDoubt).length;
  console.log(
    `crash points passed: ${passed.length}; commands acknowledged and found once: ${acked()}; in doubt and resolved: ` +
      `${inDoubt}; turned away: ${log.count('unavailable')}; repeats with the same answer: ${log.repeats}; ` +
      `worst recovery: ${Math.round(worst.recoveryMs)} ms (${worst.name})`,
  );
  await scene.close();
});

/** What is killed, and when: `crash` gets the id of a command that is on its way. */
interface CrashPoint {
  readonly name: string;
  readonly times: number;
  readonly crash: (marked: string) => Promise<void>;
  readonly recover: () => Promise<void>;
}

const beforeItArrives = async (proxy: TcpProxy, marked: string, kill: () => Promise<void>): Promise<void> => {
  const link = await atCommand(proxy, marked, ({ hold }) => hold('up'));
  await kill();
  link.cut();
};
const beforeTheReply = async (
  proxy: TcpProxy,
  marked: string,
  isDone: () => Promise<boolean>,
  kill: () => Promise<void>,
): Promise<void> => {
  const link = await atCommand(proxy, marked, ({ hold }) => hold('down'));
  await waitUntil('the store has done it', isDone);
  await kill();
  link.cut();
};
const afterTheReply = async (proxy: TcpProxy, marked: string, kill: () => Promise<void>): Promise<void> => {
  const link = await atCommand(proxy, marked, () => {});
  await nextAnswer(proxy, link);
  await kill();
};
const someTime = () => new Promise<void>((resolve) => setTimeout(resolve, randomInt(150)));
const killNode = () => scene.killNode();
const killPostgres = () => scene.postgres.kill();
const startNode = () => scene.startNode();
const startPostgres = () => scene.postgres.start();
const committed = (marked: string) => () => isCommitted(scene.sql, marked);
const { postgresProxy, redisProxy } = {
  postgresProxy: () => scene.postgresProxy,
  redisProxy: () => scene.redisProxy,
};

const points: CrashPoint[] = [
  {
    name: 'the node, its commit not yet at Postgres',
    times: 4,
    crash: (marked) => beforeItArrives(postgresProxy(), marked, killNode),
    recover: startNode,
  },
  {
    name: 'the node, its commit at Postgres, the reply not yet back',
    times: 4,
    crash: (marked) => beforeTheReply(postgresProxy(), marked, committed(marked), killNode),
    recover: startNode,
  },
  {
    name: 'the node, right after the reply to its commit',
    times: 4,
    crash: (marked) => afterTheReply(postgresProxy(), marked, killNode),
    recover: startNode,
  },
  {
    name: 'the node, its lines not yet at Redis',
    times: 2,
    crash: (marked) => beforeItArrives(redisProxy(), marked, killNode),
    recover: startNode,
  },
  {
    name: 'the node, its lines at Redis, the reply not yet back',
    times: 2,
    crash: (marked) => beforeTheReply(redisProxy(), marked, committed(marked), killNode),
    recover: startNode,
  },
  { name: 'the node, at any time', times: 4, crash: () => someTime().then(killNode), recover: startNode },
  {
    name: 'Postgres, a commit not yet there',
    times: 2,
    crash: (marked) => beforeItArrives(postgresProxy(), marked, killPostgres),
    recover: startPostgres,
  },
  {
    name: 'Postgres, a commit there, the reply not yet back',
    times: 2,
    crash: (marked) => beforeTheReply(postgresProxy(), marked, committed(marked), killPostgres),
    recover: startPostgres,
  },
  { name: 'Postgres, at any time', times: 3, crash: () => someTime().then(killPostgres), recover: startPostgres },
  {
    name: 'both at once',
    times: 1,
    crash: async () => void (await Promise.all([killNode(), killPostgres()])),
    recover: async () => {
      await startPostgres();
      await startNode();
    },
  },
];

const cases = points.flatMap((point) =>
  Array.from({ length: point.times }, (_, index) => ({ ...point, title: `${point.name} (${index + 1})` })),
);

test.each(cases)('kill -9: $title', { timeout: 180_000 }, async ({ title, crash, recover }) => {
  const load = startHallLoad([log], { kiosks: 4, counters });
  const before = acked();
  await waitUntil('the hall is busy', () => acked() >= before + 20);
  const commandId = randomUUID();
  const crashed = crash(ledgerIdOf({ path: '/tickets', commandId }));
  const answered = log.send('/tickets', { serviceId: 'S-1' }, { commandId });
  await crashed;
  const killedAt = performance.now();
  await recover();
  const atRecovery = acked();
  await waitUntil('commands are answered again', () => acked() > atRecovery, { withinMs: 60_000 });
  const recoveryMs = performance.now() - killedAt;
  await waitUntil('the hall is busy again', () => acked() >= atRecovery + 20, { withinMs: 60_000 });
  await load.stop();
  await answered;
  expect(await checkLog(scene.sql, plainBranch, [log])).toEqual([]);
  await expectSound({ ...scene, nodes: [] }, { heard: heardBy([log]) });
  passed.push({ name: title, recoveryMs });
});

test('after all of it a screen that joins shows what the ledger says', async () => {
  await expectSound({ ...scene, nodes: [{ address: scene.target.address() }] }, { seesScreens: true });
});

test('there were at least 25 crash points', () => expect(passed.length).toBeGreaterThanOrEqual(25));
