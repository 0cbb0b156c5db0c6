import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Outcome } from '@antrean/server/hall/outcome.ts';
import type { Command } from '@antrean/shared/domain/commands.ts';
import type { BranchId, CommandId, CounterId, ServiceId, StaffId } from '@antrean/shared/domain/ids.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound } from '../harness/expect-sound.ts';
import { openHall } from '../harness/api.ts';
import { plainBranch, plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

const agentCount = 50;
const ticketCount = 2_000;
const branchId = plainBranch as BranchId;

const blueprint: Blueprint = {
  ...plainHall,
  counters: Array.from({ length: agentCount }, (_, index) => ({
    id: `C-${index + 1}`,
    number: index + 1,
    serves: { agencies: ['A'] },
  })),
};

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2, blueprint });
  await openHall(hall.managers[0]!, agentCount);
}, 120_000);
afterAll(() => hall.stop());

const manager = { kind: 'manager', staffId: 'm' as StaffId } as const;
const run = (node: number, command: Omit<Command, 'commandId' | 'actor'>, commandId = randomUUID()): Promise<Outcome> =>
  hall.nodes[node % 2]!.halls.run(branchId, {
    ...command,
    commandId: commandId as CommandId,
    actor: manager,
  } as Command);
const eventsOf = (outcome: Outcome) => (outcome.kind === 'done' ? outcome.events : []);

test(`[CALL-1] ${agentCount} agents on two nodes empty ${ticketCount} tickets, each called once, numbers without gap or double`, async () => {
  const startedAt = performance.now();
  const issued = await Promise.all(
    Array.from({ length: ticketCount }, (_, index) =>
      run(index, {
        type: 'issue-ticket',
        serviceId: `S-${index % 20}` as ServiceId,
        priority: null,
        channel: 'kiosk',
        language: null,
      } as Omit<Command, 'commandId' | 'actor'>),
    ),
  );
  const numbers = issued.flatMap(eventsOf).map(({ data }) => ('number' in data ? data.number : ''));
  expect(new Set(numbers).size).toBe(ticketCount);
  for (const prefix of new Set(numbers.map((number) => number[0]))) {
    const values = numbers.filter((number) => number[0] === prefix).map((number) => Number(number.slice(1)));
    expect(values.sort((a, b) => a - b)).toEqual(values.map((_, index) => index + 1));
  }
  const called: string[] = [];
  const agent = async (index: number): Promise<void> => {
    for (;;) {
      const outcome = await run(index, { type: 'call-next', counterId: `C-${index + 1}` as CounterId } as never);
      if (outcome.kind === 'refused' && outcome.refusal.code === 'LINE_EMPTY') return;
      expect(outcome.kind).toBe('done');
      for (const { type, data } of eventsOf(outcome)) if (type === 'ticket.called') called.push(data.ticketId);
    }
  };
  await Promise.all(Array.from({ length: agentCount }, (_, index) => agent(index)));
  expect(called.length).toBe(ticketCount);
  expect(new Set(called).size).toBe(ticketCount);
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(
    `race: ${ticketCount} tickets issued and called by ${agentCount} agents on two nodes in ${seconds.toFixed(1)} s`,
  );
  await expectSound(hall);
}, 300_000);

test('[SAME-1] 500 commands, each sent three times at once to two nodes, take effect once with one answer', async () => {
  const commands = Array.from({ length: 500 }, (_, index) => index);
  const before = hall.nodes[0]!.halls.find(branchId)!.hall.totals.issued;
  await Promise.all(
    commands.map(async (index) => {
      const commandId = randomUUID();
      const command = {
        type: 'issue-ticket',
        serviceId: `S-${index % 20}`,
        priority: null,
        channel: 'kiosk',
        language: null,
      };
      const outcomes = await Promise.all([0, 1, 0].map((node) => run(node, command as never, commandId)));
      const [first, ...others] = outcomes.map(eventsOf);
      expect(first).toHaveLength(1);
      for (const other of others) expect(other).toEqual(first);
    }),
  );
  await expectSound(hall);
  expect(hall.nodes[0]!.halls.find(branchId)!.hall.totals.issued).toBe(before + commands.length);
}, 300_000);

test('[SAME-5] a node under full load lets the other one through', async () => {
  const issue = (node: number) =>
    run(node, {
      type: 'issue-ticket',
      serviceId: 'S-1' as ServiceId,
      priority: null,
      channel: 'kiosk',
      language: null,
    } as Omit<Command, 'commandId' | 'actor'>);
  const turns = 20;
  let isOver = false;
  let others = 0;
  const visitors = Array.from({ length: 100 }, async () => {
    for (; !isOver; others++) expect((await issue(0)).kind).toBe('done');
  });
  try {
    for (let turn = 0; turn < turns; turn++) {
      expect((await issue(1)).kind).toBe('done');
      await setTimeout(20);
    }
  } finally {
    isOver = true;
    await Promise.all(visitors);
  }
  console.log(`race: ${turns} of ${turns} commands got through beside ${others} of another node`);
  await expectSound(hall);
}, 300_000);
