import type { Heartbeat, Patch, Snapshot } from '@antrean/shared/protocol/screens.ts';
import { applyPatch, hashEntries, hashEntry, heldFrom } from '@antrean/shared/views/entries.ts';
import {
  entriesOf,
  newScreen,
  passTime,
  type Screen,
  takeHeartbeat,
  takePatch,
  takeSnapshot,
} from '@antrean/shared/views/screen.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const snapshot = (version: number, entries: [string, unknown][], epoch = 'one'): Snapshot => ({
  epoch,
  version,
  at: 1_000,
  entries,
});
const patch = (
  after: number,
  version: number,
  set: [string, unknown][],
  gone: string[] = [],
  epoch = 'one',
): Patch => ({
  epoch,
  after,
  version,
  at: 1_000,
  set,
  gone,
});
const beat = ({
  epoch,
  version,
  entries,
}: {
  epoch: string;
  version: number;
  entries: [string, unknown][];
}): Heartbeat => ({
  epoch,
  version,
  hash: hashEntries(new Map(entries)),
  at: 1_000,
});
const at5 = snapshot(5, [
  ['day', { isOpen: true }],
  ['line/tax', { waiting: 2 }],
]);
const screenAt5 = (): Screen => takeSnapshot(newScreen(0), at5, 0).screen;

test('[SHOW-2] a patch that follows on sets and removes entries; the view before it stays as it was', () => {
  const before = screenAt5();
  const { screen, asksAgain } = takePatch(before, patch(5, 7, [['call/x', { number: 'A001' }]], ['line/tax']), 10);
  expect(asksAgain).toBe(false);
  expect(screen.held?.version).toBe(7);
  expect([...entriesOf(screen)]).toEqual([
    ['day', { isOpen: true }],
    ['call/x', { number: 'A001' }],
  ]);
  expect([...entriesOf(before)]).toEqual(at5.entries);
});

test('[SHOW-2] a patch after one that was missed is not applied: the screen keeps its view and asks anew', () => {
  const before = screenAt5();
  const { screen, asksAgain } = takePatch(before, patch(6, 7, [['line/tax', { waiting: 9 }]]), 10);
  expect(asksAgain).toBe(true);
  expect(screen.held).toBe(before.held);
  expect(takePatch(newScreen(0), patch(0, 1, []), 10)).toMatchObject({ screen: { held: null }, asksAgain: true });
  const healed = takeSnapshot(screen, snapshot(7, [['line/tax', { waiting: 9 }]]), 20);
  expect([...entriesOf(healed.screen)]).toEqual([['line/tax', { waiting: 9 }]]);
});

test('[SHOW-2] a patch that overlaps what is held is a gap too: half of it may be missing', () => {
  expect(applyPatch(heldFrom(at5), patch(4, 6, [['line/tax', { waiting: 3 }]]))).toBe('gap');
});

test('[SHOW-3] a heartbeat of what the screen holds is silent; one of anything else makes it ask', () => {
  const screen = screenAt5();
  const same = { epoch: 'one', version: 5, entries: at5.entries };
  expect(takeHeartbeat(screen, beat(same), 10).asksAgain).toBe(false);
  expect(takeHeartbeat(screen, beat({ ...same, version: 6 }), 10).asksAgain).toBe(true);
  expect(takeHeartbeat(screen, beat({ ...same, epoch: 'two' }), 10).asksAgain).toBe(true);
  expect(takeHeartbeat(screen, beat({ ...same, entries: at5.entries.slice(1) }), 10).asksAgain).toBe(true);
  expect(takeHeartbeat(newScreen(0), beat(same), 10).asksAgain).toBe(true);
});

test('[SHOW-3] the hash is that of the entries, whatever their order, and changes with each of them', () => {
  const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.jsonValue()), { selector: ([key]) => key, maxLength: 8 });
  fc.assert(
    fc.property(entries, (pairs) => {
      const hash = hashEntries(new Map(pairs));
      expect(hashEntries(new Map(pairs.toReversed()))).toBe(hash);
      expect(hash).toBe(pairs.reduce((sum, [key, value]) => (sum + hashEntry(key, value)) | 0, 0));
      for (const [key, value] of pairs) {
        const others = new Map(pairs.filter(([other]) => other !== key));
        expect(hashEntries(others)).toBe((hash - hashEntry(key, value)) | 0);
      }
    }),
  );
  expect(hashEntry('a', 1)).not.toBe(hashEntry('a', 2));
  expect(hashEntry('a', 1)).not.toBe(hashEntry('b', 1));
});

test('[SHOW-5] after twelve seconds of silence a screen keeps what it has and says that it is not live', () => {
  const screen = takeSnapshot(newScreen(0), at5, 100_000).screen;
  expect(screen.link).toBe('live');
  expect(passTime(screen, 112_000).link).toBe('live');
  const lost = passTime(screen, 112_001);
  expect(lost).toMatchObject({ link: 'lost', held: screen.held });
  const { screen: back } = takeHeartbeat(lost, beat({ ...at5 }), 113_000);
  expect(back.link).toBe('live');
  expect(passTime(newScreen(0), 60_000).link).toBe('connecting');
});

test("[SHOW-5] a screen reckons by the server's clock, whatever its own says", () => {
  const { screen } = takeSnapshot(newScreen(0), { ...at5, at: 5_000 }, 65_000);
  expect(screen.clockOffsetMs).toBe(-60_000);
});

test('[SHOW-6] an older snapshot and a patch that is known already change nothing', () => {
  const screen = screenAt5();
  const older = takeSnapshot(screen, snapshot(4, []), 10);
  expect(older.screen.held).toBe(screen.held);
  const known = takePatch(screen, patch(4, 5, [['line/tax', { waiting: 99 }]]), 10);
  expect(known).toMatchObject({ asksAgain: false });
  expect(known.screen.held).toBe(screen.held);
  expect(takeSnapshot(screen, snapshot(5, [['day', 1]]), 10).screen.held?.entries).toEqual(new Map([['day', 1]]));
});

test('[SHOW-6] another ledger drops everything held, even at a lower version', () => {
  const screen = screenAt5();
  const strange = takePatch(screen, patch(5, 6, [['line/tax', { waiting: 1 }]], [], 'two'), 10);
  expect(strange).toMatchObject({ asksAgain: true, screen: { held: screen.held } });
  const { screen: anew } = takeSnapshot(screen, snapshot(1, [['day', 1]], 'two'), 20);
  expect(anew.held).toEqual({ epoch: 'two', version: 1, entries: new Map([['day', 1]]) });
});
