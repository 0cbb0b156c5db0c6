import { simulate } from '@antrean/server/rehearsal/simulate.ts';
import type { BranchId, CounterId } from '@antrean/shared/domain/ids.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import { expect, test, vi } from 'vitest';
import { openHall } from '../harness/api.ts';
import { expectSound } from '../harness/expect-sound.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall } from '../harness/test-hall.ts';
import { startLossyProxy } from './lossy-proxy.ts';

const confirming = { ...plainHall, rules: { confirmsArrival: true, callNextFinishes: true, openScreens: true } };
const room = { timeout: 90_000, interval: 100 };

test(
  'a simulated hall lives, goes on when its server is lost, leaves people alone, and ends sound',
  {
    timeout: 240_000,
  },
  async () => {
    const running = await startTestHall({ blueprint: confirming, nodeCount: 2 });
    const [first, second] = running.nodes;
    const proxy = await startLossyProxy(first!.address, 40);
    const manager = running.managers[0]!;
    // A person at counter 1, with a visitor there before the simulation begins.
    await openHall(manager, 1);
    await manager.post('/tickets', { serviceId: 'S-0' });
    const called = await manager.post('/counters/C-1/call-next');
    const ofPerson = called.body.ticket as { id: string };
    const warnings: string[] = [];
    const stop = simulate({
      address: proxy.address,
      branchId: running.branchId,
      login: 'manager',
      password: running.managerPassword,
      seed: 7,
      pace: 40,
      agents: 4,
      warn: (message) => warnings.push(message),
    });
    const hallOf = async (node: typeof first): Promise<Hall> =>
      (await node!.halls.branch(running.branchId as BranchId)).hall;
    await vi.waitFor(async () => expect((await hallOf(first)).totals.done).toBeGreaterThan(5), room);

    proxy.switchTo(second!.address);
    const before = (await hallOf(second)).totals;
    await vi.waitFor(async () => {
      const { totals } = await hallOf(second);
      expect(totals.done - before.done).toBeGreaterThan(15);
      expect(totals.missed).toBeGreaterThan(0);
      expect(totals.cancelled).toBeGreaterThan(0);
    }, room);
    const busy = await hallOf(second);
    expect([...busy.counters.values()].filter(({ agentId }) => agentId.startsWith('simulated-'))).not.toHaveLength(0);
    expect(busy.counters.size, 'at most four agents and the person').toBeLessThanOrEqual(5);
    expect(busy.waiting.size, 'lines do not explode').toBeLessThan(60);

    await stop();
    const quiet = await hallOf(second);
    expect([...quiet.counters.keys()], 'only the person is left').toEqual(['C-1']);
    expect(quiet.counters.get('C-1' as CounterId)).toMatchObject({ agentId: 'agent-1', ticketId: ofPerson.id });
    const numbers = [...quiet.tickets.values()].map(({ number }) => number);
    expect(new Set(numbers).size, 'no number twice').toBe(numbers.length);
    expect(warnings).toEqual([]);

    await expectSound(running);
    await proxy.close();
    await running.stop();
  },
);

test('the same seed makes the same choices', async () => {
  const { seeded } = await import('@antrean/server/rehearsal/seeded.ts');
  const sequence = (seed: number): number[] => {
    const chance = seeded(seed);
    return Array.from({ length: 20 }, () => chance.gap(5));
  };

  expect(sequence(3)).toEqual(sequence(3));
  expect(sequence(3)).not.toEqual(sequence(4));
  const many = seeded(1);
  const gaps = Array.from({ length: 20_000 }, () => many.gap(5));
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeCloseTo(5, 0);
});
