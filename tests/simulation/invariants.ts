import { hashEvent } from '@antrean/server/ledger/hash-event.ts';
import { lineScore } from '@antrean/server/live/line-score.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import { hashEntries } from '@antrean/shared/views/entries.ts';
import { plainOf } from '../rules/plain-of.ts';
import { boardOf } from './model-redis.ts';
import type { SentCommand } from './sim-client.ts';
import type { SimScreen } from './sim-screen.ts';
import type { World } from './world.ts';

/** What a ticket of the day is known to be from its events alone, without the product's own fold. */
interface Known {
  readonly line: string;
  readonly queued: [number, number];
  state: 'waiting' | 'called' | 'serving' | 'missed' | 'ended';
  counterId: string | null;
}

/** I2, I3, I6, I8, I9 and TIME-1 of RELIABILITY.md §5, over the ledger alone. */
export const checkEvents = (world: World): void => {
  const { events, head } = world.ledger;
  let hash = '';
  let lastAt = 0;
  let date = '';
  let tickets = new Map<string, Known>();
  let numbers = new Set<string>();
  let atCounter = new Map<string, string>();
  let agents = new Map<string, string>();
  for (const [index, event] of events.entries()) {
    const { version, type, at, data } = event;
    const bad = (invariant: string, message: string) => world.report(invariant, `version ${version}: ${message}`);
    hash = hashEvent(hash, { ...event, actor: JSON.stringify(event.actor), data: JSON.stringify(data) });
    if (version !== index + 1) bad('I6', `stands at place ${index + 1}`);
    if (at < lastAt) bad('TIME-1', `${type} at ${at} after ${lastAt}`);
    lastAt = at;
    if (type === 'day.opened' && data.date !== date) {
      if (data.date < date) bad('DAY-3', `${data.date} opened after ${date}`);
      [date, tickets, numbers, atCounter, agents] = [data.date, new Map(), new Set(), new Map(), new Map()];
    } else if (type === 'counter.opened') {
      if ([...agents.values()].includes(data.agentId)) bad('I8', `${data.agentId} is at two counters`);
      if (agents.has(data.counterId)) bad('I8', `${data.counterId} has two agents`);
      agents.set(data.counterId, data.agentId);
    } else if (type === 'counter.closed') {
      if (atCounter.has(data.counterId)) bad('I8', `${data.counterId} closed on a visitor`);
      agents.delete(data.counterId);
    } else if (type === 'ticket.issued') {
      if (numbers.has(data.number)) bad('I3', `${data.number} is given twice on ${date}`);
      numbers.add(data.number);
      if (tickets.has(data.ticketId)) bad('I4', `${data.ticketId} is issued twice`);
      const line = `${data.serviceId}|${data.priority}`;
      tickets.set(data.ticketId, { line, queued: [at, data.serial], state: 'waiting', counterId: null });
    } else if ('ticketId' in data) {
      const ticket = tickets.get(data.ticketId);
      if (!ticket) {
        bad('I1', `${type} of a ticket that is nowhere`);
        continue;
      }
      checkStep(event, ticket, atCounter, [...tickets.values()], bad);
    }
  }
  if (head.version !== events.length || head.hash !== hash) world.report('I6', 'head and events do not agree');
};

const fromStates: Partial<Record<HallEvent['type'], readonly Known['state'][]>> = {
  'ticket.called': ['waiting'],
  'ticket.recalled': ['called'],
  'ticket.started': ['called'],
  'ticket.finished': ['called', 'serving'],
  'ticket.missed': ['called'],
  'ticket.cancelled': ['waiting', 'called', 'serving', 'missed'],
  'ticket.no-showed': ['missed'],
};

const checkStep = (
  event: HallEvent,
  ticket: Known,
  atCounter: Map<string, string>,
  all: readonly Known[],
  bad: (invariant: string, message: string) => void,
): void => {
  const { type, data } = event;
  if (!fromStates[type]?.includes(ticket.state)) bad('I2', `${type} of a ticket that is ${ticket.state}`);
  if (type === 'ticket.called') {
    if (atCounter.has(data.counterId)) bad('I8', `${data.counterId} has two tickets`);
    const isBefore = ([a, b]: [number, number], [c, d]: [number, number]) => (a !== c ? a < c : b < d);
    const passedOver = all.some(
      (other) => other.state === 'waiting' && other.line === ticket.line && isBefore(other.queued, ticket.queued),
    );
    if (passedOver && data.why.rule !== 'chosen') bad('I9', `${data.number} was called before its turn`);
    atCounter.set(data.counterId, data.ticketId);
    ticket.counterId = data.counterId;
    ticket.state = 'called';
  } else if (type === 'ticket.started') ticket.state = 'serving';
  else if (type !== 'ticket.recalled') {
    if (ticket.counterId) atCounter.delete(ticket.counterId);
    ticket.counterId = null;
    ticket.state = type === 'ticket.missed' ? 'missed' : 'ended';
  }
};

/** I1, I4, I5: what people were told, against what is in the ledger. */
export const checkAnswers = (world: World, sent: readonly SentCommand[]): void => {
  const byCommand = new Map<string, HallEvent[]>();
  for (const event of world.ledger.events) {
    byCommand.set(event.commandId, [...(byCommand.get(event.commandId) ?? []), event]);
  }
  for (const { command, copies, answer } of sent) {
    const inLedger = byCommand.get(command.commandId);
    const said = JSON.stringify(inLedger);
    const name = `${command.type} ${command.commandId}`;
    const outcomes = copies.map(({ outcome }) => outcome);
    for (const outcome of [answer, ...outcomes]) {
      if (outcome?.kind !== 'done') continue;
      if (!inLedger) world.report('I4', `${name} was acknowledged and is not in the ledger`);
      else if (JSON.stringify(outcome.events) !== said) world.report('I4', `${name} was answered with other events`);
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

/** I7, I10, I11: after quiet every copy is the fold of the ledger. */
export const checkCopies = (world: World, screens: readonly SimScreen[]): void => {
  const { ledger, redis } = world;
  const truth = ledger.truthAt(ledger.head.version)!;
  const plain = JSON.stringify(plainOf(truth));
  for (const node of world.nodes) {
    const hall = node.branch?.hall;
    if (!hall) world.report('I7', `${node.name} is not up`);
    else if (JSON.stringify(plainOf(hall)) !== plain) {
      world.report('I7', `${node.name} at version ${hall.version} is not the fold of the ledger at ${truth.version}`);
    }
  }
  const lines = new Map<string, Map<string, number>>();
  for (const ticket of truth.tickets.values()) {
    if (ticket.status !== 'waiting') continue;
    const line = lines.get(ticket.serviceId) ?? new Map<string, number>();
    lines.set(ticket.serviceId, line.set(ticket.id, Number(lineScore(ticket))));
  }
  if (redis.held.version !== truth.version) world.report('I10', `Redis is at ${redis.held.version}`);
  if (sorted(redis.held.board) !== sorted(boardOf(truth))) world.report('I10', "Redis' board is not the ledger's");
  const textOf = (held: ReadonlyMap<string, ReadonlyMap<string, number>>) =>
    sorted(new Map([...held].map(([serviceId, line]) => [serviceId, sorted(line)])));
  if (textOf(redis.held.lines) !== textOf(lines)) world.report('I10', "Redis' lines are not the ledger's");
  for (const [index, { screen, audience, isConnected }] of screens.entries()) {
    const held = screen?.held;
    if (!isConnected || !held || screen.link !== 'live') world.report('I11', `screen ${index} is not live`);
    else if (hashEntries(held.entries) !== world.viewHash(audience, truth.version)) {
      world.report('I11', `screen ${index} (${audience}) at ${held.version} does not show ${truth.version}`);
    }
  }
  for (const audience of ['board', 'floor'] as const) {
    if (new Set(audienceOf[audience].keys(truth)).size === 0) world.report('I11', `nothing to see on the ${audience}`);
  }
};

const sorted = (map: ReadonlyMap<string, unknown>): string =>
  JSON.stringify([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
