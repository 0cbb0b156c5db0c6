import { freshCallMs } from '@antrean/shared/views/fresh-calls.ts';
import type { CDPSession } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { counterCount, plainHall, serviceCount } from '../harness/plain-hall.ts';
import { openPage, sizes } from './browser.ts';
import { startScreens } from './screens-hall.ts';

/** As many as a TV sees in weeks, nightly reload or not. */
const callCount = 10_000;
/** From here on nothing may be held that was not held before: code is compiled and its caches are filled by then. */
const settledAfter = 2_000;
/** Of what the page held by then. */
const growthAllowed = 0.05;

const { hall, browser } = await startScreens(plainHall);

interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: string[]; readonly node_types: [string[]] } };
  readonly nodes: number[];
}

/** Of the kinds in a snapshot of the heap: what a script makes. Machine code that V8 adds in time has a limit of its own. */
const madeByScripts = /^(object|closure|.*string|number|bigint|regexp)$/;

/** What a page holds after all that nobody needs was given back, bytes and counts. */
const heldBy = async (cdp: CDPSession) => {
  let text = '';
  const take = ({ chunk }: { chunk: string }): void => void (text += chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes } = JSON.parse(text) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const sizeAt = fields.indexOf('self_size');
  let script = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (madeByScripts.test(types[0][nodes[at]!]!)) script += nodes[at + sizeAt]!;
  }
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes: elements, jsEventListeners: listeners } = await cdp.send('Memory.getDOMCounters');
  return { script, heap: usedSize, elements, listeners };
};

test('a lobby TV holds no more after 10,000 calls than after 2,000', { timeout: 300_000 }, async () => {
  await openHall(hall.manager, counterCount);
  const tv = await openPage(browser, `${hall.address}/tv`, sizes.tv);
  afterAll(() => tv.context.close());
  const cdp = await tv.context.newCDPSession(tv.page);
  await tv.page.locator('[data-filled=true]').waitFor();

  const post = async (path: string, body: object = {}): Promise<Record<string, unknown>> => {
    const answer = await hall.manager.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const callAt = async (counter: number): Promise<void> => {
    await post('/tickets', { serviceId: `S-${counter % serviceCount}` });
    await post(`/counters/C-${counter}/call-next`);
  };
  /** The last of all is made alone, so that it is known which the TV has to show. */
  const callAlone = async (): Promise<void> => {
    const { ticket } = (await post('/tickets', { serviceId: 'S-0' })) as { ticket: { number: string } };
    await post('/counters/C-1/call-next');
    await tv.page.locator(`[data-call="${ticket.number}"]`).first().waitFor();
  };
  const afterCalls = async (from: number, to: number) => {
    await Promise.all(
      Array.from({ length: counterCount }, async (_, index) => {
        for (let nth = from + index; nth < to - 2; nth += counterCount) await callAt(index + 1);
      }),
    );
    await callAlone();
    // What was called just now is remembered as new for a while.
    await new Promise((resolve) => setTimeout(resolve, freshCallMs + 1_000));
    await callAlone();
    const held = await heldBy(cdp);
    console.log(
      `${to} calls: made by scripts ${(held.script / 1e6).toFixed(3)} MB, heap with V8's own code ` +
        `${(held.heap / 1e6).toFixed(2)} MB, ${held.elements} nodes, ${held.listeners} listeners`,
    );
    return held;
  };
  const settled = await afterCalls(0, settledAfter);
  const last = await afterCalls(settledAfter, callCount);
  expect(tv.faults).toEqual([]);
  for (const kind of ['script', 'elements', 'listeners'] as const) {
    expect(last[kind] / settled[kind], kind).toBeLessThan(1 + growthAllowed);
  }
});
