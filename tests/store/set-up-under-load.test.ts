import { applyBlueprint } from '@antrean/server/setup/apply-blueprint.ts';
import { afterAll, beforeAll, test } from 'vitest';
import { CommandLog } from '../faults/command-log.ts';
import { startHallLoad } from '../faults/hall-load.ts';
import { openHall } from '../harness/api.ts';
import { expectSound } from '../harness/expect-sound.ts';
import { plainBranch, plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

const counters = 12;
const revisions = 15;

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2 });
  await openHall(hall.managers[0]!, counters);
});
afterAll(() => hall.stop());

test('[SETUP-1] from the event of a set-up on, every node decides by it, however busy the hall is', async () => {
  const logs = hall.managers.map(
    ({ address, headers }) => new CommandLog({ address: () => address, branchId: plainBranch, headers }),
  );
  const load = startHallLoad(logs, { kiosks: 12, counters, priority: 'elderly' });
  try {
    for (let revision = 1; revision <= revisions; revision++) {
      const headStartMinutes = revision % 2 === 0 ? 20 : 600;
      await applyBlueprint(hall.sql, {
        ...plainHall,
        priorities: [{ id: 'elderly', name: { en: 'Elderly' }, headStartMinutes }],
      });
      await new Promise((resolve) => setTimeout(resolve, 700));
      // The doctor replays every call since the set-up changed with the set-up that then holds (I9).
      await expectSound(hall);
    }
  } finally {
    await load.stop();
  }
}, 120_000);
