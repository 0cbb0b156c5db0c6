import { examine } from '@antrean/server/doctor/examine.ts';
import { startNode } from '@antrean/server/node.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { plainBranch } from '../harness/plain-hall.ts';
import { startTcpProxy } from '../harness/tcp-proxy.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { testSeal } from '../harness/test-seal.ts';

let hall: TestHall;
beforeEach(async () => {
  hall = await startTestHall();
  await openHall(hall.managers[0]!, 1);
  await hall.visitors[0]!.post('/tickets', { serviceId: 'S-0' });
  await hall.managers[0]!.post('/counters/C-1/call-next');
});
afterEach(() => hall.stop());

/** What the doctor finds wrong with the screens of a server. */
const wrongScreens = async (address = hall.nodes[0]!.address): Promise<string[]> => {
  const [examination] = await examine({ sql: hall.sql, addresses: [address], settleMs: 300 });
  expect(examination!.notChecked).toEqual([]);
  return examination!.findings
    .filter(({ invariant }) => invariant === 'I11' || invariant === 'I12')
    .map(({ invariant, message }) => `${invariant} ${message}`);
};

test('a screen that shows another call than the ledger has is found, with what it shows and should', async () => {
  expect(await wrongScreens()).toEqual([]);
  await hall.sql`
    update ticket_event set data = replace(data::text, '"language":"en"', '"language":"id"')::json
    where type = 'ticket.issued'`;
  const [found, ...others] = await wrongScreens();
  expect(found).toMatch(
    /^I11 plain: a screen at http.* at version 4 shows otherwise than the ledger at 4: .*"language":"en".* for call\/.* instead of .*"language":"id"/,
  );
  expect(others).toEqual([]);
});

test('a screen that shows what is no longer committed is found', async () => {
  await hall.sql`
    with gone as (delete from ticket_event where version = 4)
    update branch_head set version = 3, hash = (select hash from ticket_event where version = 3)`;
  expect(await wrongScreens()).toEqual([
    expect.stringMatching(/^I12 plain: a screen at http.* shows version 4, but only 3 is committed/),
  ]);
});

test('a screen of another ledger is found', async () => {
  await hall.sql`update branch_head set epoch = gen_random_uuid()`;
  expect(await wrongScreens()).toEqual([expect.stringMatching(/^I11 plain: a screen at http.* shows another ledger/)]);
});

test('the screens of a server that has lost sight of the ledger are found, at the version they stand at', async () => {
  const [postgres, redis] = await Promise.all([startTcpProxy(hall.databaseUrl), startTcpProxy(hall.redis.url)]);
  const cutOff = await startNode({
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    host: '127.0.0.1',
    port: 0,
    seal: testSeal,
    log: createLog('fatal'),
    servesScreens: false,
  });
  await cutOff.halls.branch(plainBranch as BranchId);
  expect(await wrongScreens(cutOff.address)).toEqual([]);
  for (const proxy of [postgres, redis]) proxy.onChunk = () => 'drop';
  await hall.visitors[0]!.post('/tickets', { serviceId: 'S-1' });
  expect(await wrongScreens(cutOff.address)).toEqual([
    expect.stringMatching(
      /^I11 plain: a screen at http.* at version 4 shows otherwise than the ledger at 5: nothing for line\/S-1 instead of/,
    ),
  ]);
  expect(await wrongScreens()).toEqual([]);
  for (const proxy of [postgres, redis]) {
    proxy.onChunk = null;
    for (const link of proxy.links()) link.cut();
  }
  await cutOff.close();
  await Promise.all([postgres.close(), redis.close()]);
});
