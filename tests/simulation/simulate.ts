import { allGuards, type Guards } from './guards.ts';
import { HallLife } from './hall-life.ts';
import { checkAnswers, checkCopies, checkDays, checkEvents, checkTimers } from './invariants.ts';
import { betweenTurns } from './scheduler.ts';
import { type SentCommand, SimClients } from './sim-client.ts';
import { SimNode } from './sim-node.ts';
import { SimScreen } from './sim-screen.ts';
import { type Violation, World } from './world.ts';

export interface Simulated {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly steps: number;
  readonly commands: number;
  readonly events: number;
  readonly faults: ReadonlyMap<string, number>;
  /** Told "refused" to a repetition while a copy without an answer was still under way, which then went through. */
  readonly overtaken: number;
  /** Commands in the ledger, by type. */
  readonly accepted: ReadonlyMap<string, number>;
  /** Refusals that somebody was told for good, by code. */
  readonly refused: ReadonlyMap<string, number>;
  readonly happened: ReadonlyMap<string, number>;
}

/**
 * One run from a seed: people send commands to two nodes, screens follow, everything that can break does; then a quiet
 * time, and every invariant is checked.
 */
export const simulate = (seed: number, guards: Guards = allGuards): Promise<Simulated> =>
  betweenTurns(() => {
    const world = new World(seed, guards);
    const giveTimeBack = world.scheduler.install();
    try {
      return run(world, seed);
    } finally {
      giveTimeBack();
    }
  });

const run = (world: World, seed: number): Simulated => {
  const { scheduler, random, faults } = world;
  world.nodes.push(new SimNode('node-1', world), new SimNode('node-2', world));
  for (const node of world.nodes) node.start();
  const screens = [0, 1, 2, 3].map((index) => new SimScreen(`screen-${index}`, index < 3 ? 'board' : 'floor', world));
  const clients = new SimClients(world);
  const life = new HallLife(world, seed);

  scheduler.runUntil(scheduler.now + 200);
  const actions = random.between(20, 60);
  for (let action = 0; action < actions; action++) {
    const done = clients.sent.filter(({ answer }) => answer?.kind === 'done');
    if (done.length > 0 && random.chance(0.04)) clients.repeat(random.pick(done));
    else {
      // Now and then many at once, so that one statement carries several commands.
      for (let burst = random.chance(0.15) ? random.between(2, 8) : 1; burst > 0; burst--) clients.send(life.next());
    }
    if (random.chance(0.05 * faults.intensity)) strike(world, screens);
    scheduler.runUntil(scheduler.now + random.between(1, random.pick([10, 100, 600])));
  }

  faults.intensity = 0;
  world.ledgerWire.isUp = world.redisWire.isUp = true;
  for (const node of world.nodes) node.start();
  for (let round = 0; round < 10 && (round === 0 || clients.unanswered() > 0); round++) {
    scheduler.runUntil(scheduler.now + 5_000);
  }
  checkTimers(world);
  world.areTimersOn = false;
  // A screen that was cut off is back after its second, and the slowest healer is the heartbeat: 5 s, twice.
  scheduler.runUntil(scheduler.now + 12_000);
  if (clients.unanswered() > 0) world.report('I4', `${clients.unanswered()} commands never got an answer`);
  checkEvents(world);
  checkDays(world);
  checkAnswers(world, clients.sent);
  checkCopies(world, screens);
  for (const node of world.nodes) node.crash();

  const committed = new Set<string>(world.ledger.events.map(({ commandId }) => commandId));
  const isCommitted = ({ command }: SentCommand): boolean => committed.has(command.commandId);
  const refusals = clients.sent.flatMap(({ answer }) => (answer?.kind === 'refused' ? [answer.refusal.code] : []));
  return {
    seed,
    violations: world.violations,
    steps: scheduler.steps,
    commands: clients.sent.length,
    events: world.ledger.events.length,
    faults: faults.injected,
    overtaken: clients.sent.filter((sent) => sent.answer?.kind === 'refused' && isCommitted(sent)).length,
    accepted: countOf(clients.sent.filter(isCommitted).map(({ command }) => command.type)),
    refused: countOf(refusals),
    happened: countOf(world.ledger.events.map(({ type }) => type)),
  };
};

const countOf = (kinds: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
};

/** One fault of a whole part, for a while. */
const strike = (world: World, screens: readonly SimScreen[]): void => {
  const { random, scheduler, redis, faults } = world;
  const later = (run: () => void) => scheduler.after(random.between(200, 4_000), run);
  const strikes: Record<string, () => void> = {
    'node crash': () => {
      const node = random.pick(world.nodes);
      node.crash();
      later(() => node.start());
    },
    'Postgres away': () => {
      world.ledgerWire.isUp = false;
      later(() => (world.ledgerWire.isUp = true));
    },
    'Redis away': () => {
      world.redisWire.isUp = false;
      later(() => (world.redisWire.isUp = true));
    },
    'Redis emptied': () => redis.flush(),
    'Redis back with a stale copy': () => {
      const copy = redis.copy();
      later(() => redis.restore(copy));
    },
    'Redis key evicted': () =>
      random.pick([
        () => redis.evictLine(random.pick([...world.setup.services.keys()])),
        () => redis.evictBoard(),
        () => redis.evictFeed(),
      ])(),
    'screen cut off': () => random.pick(screens).cutOff(random.between(100, 15_000)),
    'clock set': () => (random.pick(world.nodes).skewMs = random.between(-300_000, 300_000)),
  };
  const kind = random.pick(Object.keys(strikes));
  faults.count(kind);
  strikes[kind]!();
};
