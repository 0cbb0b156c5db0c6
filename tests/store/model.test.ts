import { randomUUID } from 'node:crypto';
import type { Outcome } from '@antrean/server/hall/outcome.ts';
import { applyBlueprint } from '@antrean/server/setup/apply-blueprint.ts';
import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { Command } from '@antrean/shared/domain/commands.ts';
import type { BranchId, CommandId, StaffId } from '@antrean/shared/domain/ids.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound } from '../harness/expect-sound.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Expected, HallModel, type ModelCommand, type ModelSetup } from './hall-model.ts';

/** `ANTREAN_COMMANDS=100000` for more; `ANTREAN_SEED=n` for a run again. */
const commandCount = Number(process.env.ANTREAN_COMMANDS ?? 2_400);
const seed = Number(process.env.ANTREAN_SEED ?? Date.now() % 1_000_000);
const commandsPerHall = 120;

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2 });
}, 120_000);
afterAll(() => hall.stop());

const services = ['S-0', 'S-1', 'S-2'];
const counters = ['C-1', 'C-2', 'C-3'];

const dateIn = (days: number): string =>
  businessDate(Date.now() + days * 86_400_000, plainHall.zone, plainHall.dayStartsAt);
/** Ahead of the hall's own day, so that the running jobs leave it alone. */
const firstDay = dateIn(1);

/** Shared prefixes, counters that serve different services, both rules either way. */
const blueprintOf = (branch: string, rules: Blueprint['rules']): Blueprint => ({
  ...plainHall,
  branch,
  services: plainHall.services
    .slice(0, services.length)
    .map((service, index) => ({ ...service, prefix: index === 2 ? 'A' : service.prefix })),
  counters: [
    { id: 'C-1', number: 1, serves: { agencies: ['A'] } },
    { id: 'C-2', number: 2, serves: { services: ['S-0', 'S-1'] } },
    { id: 'C-3', number: 3, serves: { services: ['S-2'] } },
  ],
  rules,
});

const setupOf = ({ rules }: Blueprint): ModelSetup => ({
  services: new Map([
    ['S-0', 'A'],
    ['S-1', 'B'],
    ['S-2', 'A'],
  ]),
  counters: new Map([
    ['C-1', services],
    ['C-2', ['S-0', 'S-1']],
    ['C-3', ['S-2']],
  ]),
  furthest: dateIn(7),
  confirmsArrival: rules.confirmsArrival,
  callNextFinishes: rules.callNextFinishes,
});

/** How a command is sent: to which node, and whether again, later or at once, to the other or the same. */
interface Sent {
  readonly command: ModelCommand;
  /** Which of the tickets so far a command about a ticket means. */
  readonly pick: number;
  readonly node: 0 | 1;
  readonly again: 'no' | 'same-node' | 'other-node' | 'both-at-once';
}

const counterId = fc.constantFrom('C-1', 'C-1', 'C-1', 'C-2', 'C-2', 'C-2', 'C-3', 'C-3', 'C-9');
const anyCommand: fc.Arbitrary<ModelCommand> = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.record({
      type: fc.constant('issue-ticket' as const),
      serviceId: fc.constantFrom(...services, 'S-9'),
      isElderly: fc.boolean(),
    }),
  },
  { weight: 30, arbitrary: fc.record({ type: fc.constant('call-next' as const), counterId }) },
  { weight: 40, arbitrary: fc.record({ type: fc.constantFrom('start', 'finish', 'miss', 'recall'), counterId }) },
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constant('call-ticket' as const), counterId, ticketId: fc.constant('') }),
  },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('cancel-ticket' as const), ticketId: fc.constant('') }) },
  {
    weight: 30,
    arbitrary: fc.record({
      type: fc.constant('open-counter' as const),
      counterId,
      agentId: fc.constantFrom('a1', 'a2', 'a3'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constantFrom('pause-counter', 'resume-counter', 'close-counter'), counterId }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('close-day' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('open-day' as const),
      date: fc.constantFrom(firstDay, dateIn(2), dateIn(3), dateIn(9)),
    }),
  },
);
const anySent: fc.Arbitrary<Sent> = fc.record({
  command: anyCommand,
  pick: fc.nat(1_000),
  node: fc.constantFrom(0, 1),
  again: fc.oneof(
    { weight: 6, arbitrary: fc.constant('no' as const) },
    { weight: 3, arbitrary: fc.constantFrom('same-node', 'other-node', 'both-at-once') },
  ),
});

/** The first commands of every hall, so that most of what follows is not refused. */
const opening: Sent[] = [
  { type: 'open-day', date: firstDay } as const,
  { type: 'open-counter', counterId: 'C-1', agentId: 'a1' } as const,
  { type: 'open-counter', counterId: 'C-2', agentId: 'a2' } as const,
].map((command) => ({ command, pick: 0, node: 0, again: 'no' }));

const commandOf = (command: ModelCommand, commandId: string): Command => {
  const common = { commandId: commandId as CommandId, actor: { kind: 'manager', staffId: 'm' as StaffId } };
  switch (command.type) {
    case 'issue-ticket': {
      const { serviceId, isElderly } = command;
      const priority = isElderly ? 'elderly' : null;
      return { ...common, type: 'issue-ticket', serviceId, priority, channel: 'api', language: null } as Command;
    }
    case 'finish':
      return { ...common, ...command, outcome: null } as Command;
    case 'pause-counter':
      return { ...common, ...command, reason: 'break' } as Command;
    default:
      return { ...common, ...command } as Command;
  }
};

/** An outcome in the model's words. */
const wordsOf = (outcome: Outcome): Expected | { readonly kind: string } => {
  if (outcome.kind === 'refused') return { refused: outcome.refusal.code };
  if (outcome.kind !== 'done') return { kind: outcome.kind };
  return {
    done: outcome.events.map(({ type, data }) =>
      'number' in data ? `${type} ${data.number}` : 'counterId' in data ? `${type} ${data.counterId}` : type,
    ),
  };
};

const counted = { commands: 0, repeats: 0, refused: 0, halls: 0 };

const runHall = async (sequence: readonly Sent[], rules: Blueprint['rules']): Promise<void> => {
  const branchId = `model-${randomUUID().slice(0, 8)}` as BranchId;
  const blueprint = blueprintOf(branchId, rules);
  await applyBlueprint(hall.sql, blueprint);
  const model = new HallModel(setupOf(blueprint));
  counted.halls += 1;
  for (const { command: drawn, pick, node, again } of [...opening, ...sequence]) {
    const ticketId = model.tickets[pick % Math.max(1, model.tickets.length + 1)]?.id ?? randomUUID();
    const command = 'ticketId' in drawn ? { ...drawn, ticketId } : drawn;
    const commandId = randomUUID();
    const send = (to: number) => hall.nodes[to]!.halls.run(branchId, commandOf(command, commandId));
    const outcomes =
      again === 'both-at-once' ? await Promise.all([send(node), send(1 - node), send(node)]) : [await send(node)];
    if (again === 'same-node') outcomes.push(await send(node));
    if (again === 'other-node') outcomes.push(await send(1 - node));
    const expected = model.run(command, commandId);
    for (const outcome of outcomes) {
      expect({ command, outcome: wordsOf(outcome) }).toEqual({ command, outcome: expected });
    }
    const events = outcomes.map((outcome) => (outcome.kind === 'done' ? outcome.events : null));
    for (const each of events) expect(each).toEqual(events[0]);
    counted.commands += 1;
    counted.repeats += outcomes.length - 1;
    counted.refused += Number('refused' in expected);
  }
  await expectTables(branchId, model);
};

/** The second lock's tables say what the model says. */
const expectTables = async (branchId: string, model: HallModel): Promise<void> => {
  const numbers = await hall.sql`select number from ticket
    where branch_id = ${branchId} and business_day = ${model.date}::date order by number`;
  expect(numbers.map(({ number }) => number)).toEqual(model.tickets.map(({ number }) => number).sort());
  const atCounters = await hall.sql`select counter_id as counter, ticket_id as ticket from counter_ticket
    where branch_id = ${branchId} order by counter_id`;
  expect([...atCounters]).toEqual(
    counters.flatMap((counter) => {
      const ticket = model.ticketAt(counter);
      return ticket ? [{ counter, ticket: ticket.id }] : [];
    }),
  );
  const seats = await hall.sql`select counter_id as id, agent_id as agent from counter_seat
    where branch_id = ${branchId} and agent_id is not null order by counter_id`;
  expect([...seats]).toEqual(
    [...model.counters].map(([id, { agentId: agent }]) => ({ id, agent })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
};

test('[SAME-1] [SAME-4] two nodes answer every command as the rules stated once more do', async () => {
  const anyRules = fc.record({ confirmsArrival: fc.boolean(), callNextFinishes: fc.boolean() });
  const sequences = fc.array(anySent, { minLength: commandsPerHall, maxLength: commandsPerHall });
  await fc.assert(fc.asyncProperty(sequences, anyRules, runHall), {
    seed,
    numRuns: Math.ceil(commandCount / commandsPerHall),
    interruptAfterTimeLimit: 600_000,
    markInterruptAsFailure: true,
  });
  const events = await expectSound(hall);
  expect(counted.commands).toBeGreaterThanOrEqual(commandCount);
  console.log(
    `model: ${counted.commands} commands (${counted.refused} refused) and ${counted.repeats} repeats in ${counted.halls} halls on two nodes, ${events} events, seed ${seed}`,
  );
}, 900_000);
