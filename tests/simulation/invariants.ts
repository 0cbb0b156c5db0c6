import { plainOf } from '@antrean/shared/domain/hall.ts';
import { hashEvent } from '@antrean/server/ledger/hash-event.ts';
import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { nextTimerAt } from '@antrean/shared/domain/timers.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import { hashEntries } from '@antrean/shared/views/entries.ts';
import { isSameJson } from './same-json.ts';
import { scoreIn } from './seam.ts';
import { checkIndexes } from './check-indexes.ts';
import type { SentCommand } from './sim-client.ts';
import type { SimScreen } from './sim-screen.ts';
import type { World } from './world.ts';

/** What the ledger alone can show, by the checker that the doctor uses; and that its hash chain is whole (I6). */
export const checkEvents = (world: World): void => {
  const { events, head } = world.ledger;
  for (const { invariant, message } of checkLedger(world.branchId, events)) world.report(invariant, message);
  if (head.version !== events.length || head.hash !== events.reduce(hashEvent, '')) {
    world.report('I6', 'head and events do not agree');
  }
};

/** I1, I4, I5: what people were told, against what is in the ledger. */
export const checkAnswers = (world: World, sent: readonly SentCommand[]): void => {
  const byCommand = new Map<string, HallEvent[]>();
  for (const event of world.ledger.events) {
    const before = byCommand.get(event.commandId);
    if (before) before.push(event);
    else byCommand.set(event.commandId, [event]);
  }
  for (const { command, copies, answer } of sent) {
    const inLedger = byCommand.get(command.commandId);
    const name = `${command.type} ${command.commandId}`;
    const outcomes = copies.map(({ outcome }) => outcome);
    for (const outcome of [answer, ...outcomes]) {
      if (outcome?.kind !== 'done') continue;
      if (!inLedger) world.report('I4', `${name} was acknowledged and is not in the ledger`);
      else if (!isSameJson(outcome.events, inLedger)) world.report('I4', `${name} was answered with other events`);
    }
    if (!inLedger) continue;
    if (inLedger.at(-1)!.version - inLedger[0]!.version !== inLedger.length - 1) {
      world.report('I4', `${name} is in the ledger more than once`);
    }
    // A node that died or lost its connection may have done it; one that said "not done" may not.
    const mayHaveDone = outcomes.some((outcome) => outcome === null || ['done', 'unknown'].includes(outcome.kind));
    if (!mayHaveDone) world.report('I5', `${name} was answered "not done" each time and is in the ledger`);
  }
};

/** TIMER-2: with everything up nothing is overdue, unless a clock was set and not yet measured anew. */
export const checkTimers = (world: World): void => {
  if (world.faults.injected.has('clock set')) return;
  // What other rules make overdue at once is late from then on.
  const changedAt = world.ledger.events.findLast(({ type }) => type === 'setup.changed')?.at ?? -Infinity;
  for (const { name, branch } of world.nodes) {
    const at = branch ? nextTimerAt(branch.hall, branch.setup) : null;
    const lateMs = at === null ? 0 : world.scheduler.now - Math.max(at, changedAt);
    if (lateMs > 5_000) world.report('TIMER-2', `${name}: a timer is ${lateMs} ms late`);
  }
};

/** I7: whatever the fold keeps beside the tickets agrees with them, at the end of each day. */
export const checkDays = (world: World): void => {
  const { ledger } = world;
  for (const version of [...ledger.events.filter(opensDay).map((event) => event.version - 1), ledger.head.version]) {
    // A ledger that cannot be folded is told of by `checkEvents`.
    const truth = ledger.truthAt(version);
    for (const what of truth ? checkIndexes(truth) : []) {
      world.report('I7', `${what} at ${version}: not as the tickets stand`);
    }
  }
};

const opensDay = ({ type }: HallEvent): boolean => type === 'day.opened';

/** I7, I10, I11: after quiet every copy is the fold of the ledger. */
export const checkCopies = (world: World, screens: readonly SimScreen[]): void => {
  const { ledger, redis } = world;
  const truth = ledger.truthAt(ledger.head.version)!;
  const plain = plainOf(truth);
  for (const node of world.nodes) {
    const { branch } = node;
    const hall = branch?.hall;
    if (!branch || !hall) {
      world.report('I7', `${node.name} is not up`);
      continue;
    }
    const revision = world.setups.indexOf(branch.setup) + 1;
    if (revision < truth.setupRevision) {
      world.report('I7', `${node.name} works with set-up ${revision}, and the ledger says ${truth.setupRevision}`);
    }
    if (!isSameJson(plainOf(hall), plain)) {
      world.report('I7', `${node.name} at version ${hall.version} is not the fold of the ledger at ${truth.version}`);
    }
  }
  if (redis.held.version !== truth.version) world.report('I10', `Redis is at ${redis.held.version}`);
  const wrong = redis.wrongIn(truth, scoreIn(truth));
  if (wrong) world.report('I10', `Redis' ${wrong} not the ledger's`);
  for (const [index, { screen, audience, isConnected }] of screens.entries()) {
    const held = screen?.held;
    if (!isConnected || !held || screen.link !== 'live') world.report('I11', `screen ${index} is not live`);
    if (held && hashEntries(held.entries) !== world.viewHash(audience, truth.version)) {
      world.report('I11', `screen ${index} (${audience}) at ${held.version} does not show ${truth.version}`);
    }
  }
  for (const audience of ['board', 'floor'] as const) {
    if (new Set(audienceOf[audience].keys(truth)).size === 0) world.report('I11', `nothing to see on the ${audience}`);
  }
};
