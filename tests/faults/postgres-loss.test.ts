import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectSound } from '../harness/expect-sound.ts';
import { plainBranch } from '../harness/plain-hall.ts';
import type { Link } from '../harness/tcp-proxy.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { checkLog, heardBy, ledgerIdOf } from './check-log.ts';
import { CommandLog } from './command-log.ts';
import { atCommand, counters, type CrashScene, isCommitted, setCrashScene } from './crash-scene.ts';
import { type HallLoad, startHallLoad } from './hall-load.ts';

const patient = { withinMs: 30_000 };
let scene: CrashScene;
let log: CommandLog;
const figures: string[] = [];
let load: HallLoad | null = null;
/** Ended after the test at the latest, so that a test that fails leaves no load to the next. */
const startLoad = (size: { kiosks: number; counters: number }): HallLoad => (load = startHallLoad([log], size));
const acked = () => log.count('done');
const busy = (more = 20) => {
  const before = acked();
  return waitUntil('commands are answered', () => acked() >= before + more, patient);
};
const issue = (service = 1, commandId: string = randomUUID(), tries = Infinity) =>
  log.send('/tickets', { serviceId: `S-${service}` }, { commandId, tries });
/** The number the next ticket of a service will get, on the day that is open. */
const nextTicket = async (service: number) => {
  await issue(service);
  const [last] = await scene.sql<{ number: string; day: string }[]>`
    select number, business_day::text as day from ticket where service_id = ${`S-${service}`} order by number desc limit 1`;
  const value = Number(last?.number.slice(1)) + 1;
  return { number: `${last?.number.slice(0, 1)}${String(value).padStart(3, '0')}`, day: last?.day ?? '' };
};
const status = async (path: string) => (await fetch(`${scene.target.address()}${path}`)).status;

beforeAll(async () => {
  scene = await setCrashScene();
  log = new CommandLog(scene.target);
});
afterEach(async () => {
  await load?.stop();
  load = null;
  expect(await checkLog(scene.sql, plainBranch, [log])).toEqual([]);
  await expectSound({ ...scene, nodes: [] }, { heard: heardBy([log]) });
});
afterAll(async () => {
  const inDoubt = log.commands.filter(({ wasInDoubt }) => wasInDoubt).length;
  console.log(
    `Postgres faults: ${figures.length}; commands acknowledged and found once: ${acked()}; in doubt and resolved: ` +
      `${inDoubt}; turned away and not there: ${log.count('unavailable')}\n  ${figures.join('\n  ')}`,
  );
  await scene.close();
});

test.each(['fast', 'immediate'] as const)(
  'a %s shutdown: refused cleanly, nothing moved, and on again',
  async (mode) => {
    load = startLoad({ kiosks: 3, counters });
    await busy();
    await scene.postgres.shutDown(mode);
    await waitUntil('not ready is said', async () => (await status('/readyz')) === 503);
    expect(await status('/healthz')).toBe(200);
    const before = [acked(), log.count('unavailable')] as const;
    // All of the load may be in doubt, and then ask for the same again and again: others are turned away.
    const turnedAway = async () => {
      await issue(1, randomUUID(), 1);
      return log.count('unavailable') > before[1] + 5;
    };
    await waitUntil('commands are turned away', turnedAway, patient);
    expect(acked()).toBe(before[0]);
    await scene.postgres.start();
    const startedAt = performance.now();
    await busy(1);
    figures.push(
      `${mode} shutdown: commands were answered ${Math.round(performance.now() - startedAt)} ms after its start`,
    );
    await waitUntil('ready is said', async () => (await status('/readyz')) === 200);
    figures.push(`${mode} shutdown: ready was said after ${Math.round(performance.now() - startedAt)} ms`);
    await busy();
    await load.stop();
  },
);

test('every backend is terminated, again and again', async () => {
  load = startLoad({ kiosks: 4, counters });
  let ended = 0;
  for (let round = 0; round < 5; round++) {
    await busy();
    const rows = await scene.sql`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'antrean'`;
    ended += rows.length;
  }
  await busy();
  await load.stop();
  figures.push(`${ended} backends terminated under load`);
});

test('the branch is locked for 3 s: turned away after a second, and on again', async () => {
  load = startLoad({ kiosks: 4, counters });
  await busy();
  const before = log.count('unavailable');
  await scene.sql.begin(async (sql) => {
    await sql`select from branch_head where branch_id = ${plainBranch} for update`;
    await sql`select pg_sleep(3)`;
  });
  const freeAt = performance.now();
  await busy(1);
  figures.push(
    `locked for 3 s: ${log.count('unavailable') - before} turned away, on again after ` +
      `${Math.round(performance.now() - freeAt)} ms`,
  );
  expect(log.count('unavailable')).toBeGreaterThan(before);
  await busy();
  await load.stop();
});

test('[F23] a row that no constraint lets through is refused alone', async () => {
  const { number, day } = await nextTicket(5);
  await scene.sql`
    insert into ticket (branch_id, business_day, number, id, service_id)
    values (${plainBranch}, ${day}::date, ${number}, ${randomUUID()}, 'S-5')`;
  const sent = await Promise.all(Array.from({ length: 40 }, (_, index) => issue(index % 8)));
  const refused = sent.filter(({ outcome }) => outcome === 'unavailable');
  expect(refused.map(({ body }) => body)).toEqual(Array(5).fill({ serviceId: 'S-5' }));
  expect(sent.filter(({ outcome }) => outcome === 'done')).toHaveLength(35);
  await scene.sql`delete from ticket where branch_id = ${plainBranch} and number = ${number} and service_id = 'S-5'`;
  expect((await issue(5)).outcome).toBe('done');
  figures.push(`poison row: ${refused.length} refused, ${sent.length - refused.length} of the same moment done`);
});

test('[F20] a backend freezes: unknown after 4 s, and the same id gets the truth', async () => {
  const commandId = randomUUID();
  const held = atCommand(scene.postgresProxy, ledgerIdOf({ path: '/tickets', commandId }), ({ hold }) => hold('up'));
  const answered = issue(2, commandId);
  const link = await held;
  const [backend] = await scene.sql<{ pid: number }[]>`
    select pid from pg_stat_activity where client_port = ${link.port() ?? 0}`;
  if (!backend) throw new Error('no backend');
  process.kill(backend.pid, 'SIGSTOP');
  try {
    link.release('up');
    const sent = await answered;
    expect(sent).toMatchObject({ outcome: 'done', wasInDoubt: true });
    figures.push(`frozen backend: the truth after ${Math.round(sent.tookMs)} ms`);
  } finally {
    process.kill(backend.pid, 'SIGCONT');
  }
  await issue(2);
});

test('a backend freezes in the middle of a commit: unknown until it has ended, then the truth', async () => {
  const commandId = randomUUID();
  const { number, day } = await nextTicket(2);
  let frozen = 0;
  let answered: Promise<unknown> = Promise.resolve();
  const planting = scene.sql.begin(async (sql) => {
    await sql`
      insert into ticket (branch_id, business_day, number, id, service_id)
      values (${plainBranch}, ${day}::date, ${number}, ${randomUUID()}, 'S-2')`;
    answered = issue(2, commandId);
    await waitUntil('the commit holds the branch and waits for the number', async () => {
      const [waiting] = await sql<{ pid: number }[]>`
        select pid from pg_stat_activity where wait_event = 'transactionid' and application_name = 'antrean'`;
      frozen = waiting?.pid ?? 0;
      return frozen > 0;
    });
    process.kill(frozen, 'SIGSTOP');
    throw new Error('rolled back');
  });
  await expect(planting).rejects.toThrow('rolled back');
  const command = log.commands.at(-1);
  try {
    await waitUntil('unknown is said', () => command?.wasInDoubt === true, patient);
    // The branch is locked by the frozen backend: whoever comes now is turned away, who is in doubt stays in doubt.
    expect((await issue(3)).outcome).toBe('unavailable');
    expect(command?.outcome).toBe('open');
  } finally {
    process.kill(frozen, 'SIGCONT');
  }
  await answered;
  expect(command?.outcome).toBe('done');
  figures.push(`frozen in the middle of a commit: the truth after ${Math.round(command?.tookMs ?? 0)} ms`);
});

/** A ticket and the call that follows from it, sent together so that they go into one commit, which then does not arrive. */
const holdTwoInOneCommit = async () => {
  // An empty hall, so that the call is refused unless the ticket before it is there.
  await waitUntil('the hall is empty', async () => (await log.send('/counters/C-1/call-next')).outcome === 'refused');
  const [first, ticket, call] = [randomUUID(), randomUUID(), randomUUID()];
  const firstHeld = atCommand(scene.postgresProxy, first, ({ hold }) => hold('up'));
  const finished = log.send('/counters/C-1/finish', {}, { commandId: first });
  const firstLink = await firstHeld;
  // These two gather behind the first. One that comes late is decided alone: then the ticket is there, and all begins anew.
  const late = new Promise<Link | null>((resolve) => {
    scene.postgresProxy.onChunk = (link, direction, chunk) => {
      if (direction !== 'up' || !chunk.includes(call)) return;
      scene.postgresProxy.onChunk = null;
      const isOneCommit = chunk.includes('ticket.issued') && chunk.includes('ticket.called');
      if (isOneCommit) link.hold('up');
      resolve(isOneCommit ? link : null);
    };
  });
  const issuing = issue(1, ticket, 1);
  await status('/healthz');
  const calling = log.send('/counters/C-1/call-next', {}, { commandId: call, tries: 1 });
  await status('/readyz');
  firstLink.release('up');
  const link = await late;
  await Promise.all([finished, issuing, calling]);
  return link && { link, ticket, call };
};

test('[I5] a commit that comes too late does nothing: what was refused meanwhile stays refused', async () => {
  let held = await holdTwoInOneCommit();
  for (let tries = 1; held === null && tries < 10; tries++) held = await holdTwoInOneCommit();
  if (!held) throw new Error('ticket and call never went into one commit');
  const { link, ticket, call } = held;
  // The call is asked for again, alone: it is refused, for the ticket is not there.
  // Its session may be read over the very connection that is dying: then the store is said to be away for a moment.
  const askAgain = () => log.send('/counters/C-1/call-next', {}, { commandId: call });
  let again = await askAgain();
  for (let tries = 1; again.outcome === 'unavailable' && tries < 5; tries++) {
    figures.push(`a commit that comes too late: turned away for a moment (try ${tries})`);
    again = await askAgain();
  }
  expect(again.outcome).toBe('refused');
  link.release('up');
  await waitUntil('the late commit is over', async () => {
    const [backend] = await scene.sql<{ isIdle: boolean }[]>`
      select state = 'idle' and query like '%update branch_head%' as "isIdle"
      from pg_stat_activity where client_port = ${link.port() ?? 0}`;
    return backend?.isIdle === true;
  });
  expect(await isCommitted(scene.sql, call)).toBe(false);
  expect((await issue(1, ticket)).outcome).toBe('done');
  figures.push(`a commit that came after its time changed nothing`);
});

test('[F27] connections go dead without a word: new ones are made', async () => {
  load = startLoad({ kiosks: 4, counters });
  for (let round = 1; round <= 3; round++) {
    await busy();
    const inDoubt = () => log.commands.filter(({ wasInDoubt }) => wasInDoubt).length + log.count('unavailable');
    const before = inDoubt();
    const deadAt = performance.now();
    // Those too that are made until then: a pool may let go of the ones it had at this very moment.
    const isNoticed = () => {
      if (inDoubt() > before) return true;
      for (const link of scene.postgresProxy.links()) {
        link.hold('up');
        link.hold('down');
      }
      return false;
    };
    await waitUntil('it is noticed', isNoticed, patient);
    const dead = scene.postgresProxy.links().length;
    await busy(5);
    figures.push(`${dead} connections dead: on again after ${Math.round(performance.now() - deadAt)} ms`);
  }
  await load.stop();
}, 180_000);
