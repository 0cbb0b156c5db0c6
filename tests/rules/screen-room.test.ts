import { ScreenRoom } from '@antrean/server/push/screen-room.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { AudienceName, Patch } from '@antrean/shared/protocol/screens.ts';
import { noChanges, noteChange } from '@antrean/shared/views/changes.ts';
import { applyPatch, hashEntries, heldFrom, type HeldView } from '@antrean/shared/views/entries.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { at, counterId, Story } from './story.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A room that follows a story event by event, and what it sent. */
const roomFor = (story: Story, audience: AudienceName) => {
  const sent: Patch[] = [];
  let hall: Hall = emptyHall('hall' as BranchId);
  const room = new ScreenRoom({ audience, hall, epoch: 'one', clock: () => 0, send: (patch) => sent.push(patch) });
  const follow = (events: readonly HallEvent[]): void => {
    for (const event of events) {
      const changes = noChanges();
      noteChange(changes, event, hall);
      hall = evolve(hall, event);
      room.follow(hall, changes);
    }
  };
  follow(story.events);
  room.flush();
  sent.length = 0;
  return { room, sent, follow };
};

const c1 = { counterId: counterId('c1') };

test('[SHOW-4] ten tickets within a quarter of a second are told in one patch, a call at once and with them', () => {
  const story = new Story().openDay().openCounter();
  const { sent, follow } = roomFor(story, 'board');
  const issueTen = (): void => {
    const from = story.events.length;
    for (let count = 0; count < 10; count++) story.issue('tax', '09:00');
    follow(story.events.slice(from));
  };
  issueTen();
  vi.advanceTimersByTime(249);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent).toMatchObject([{ after: 2, version: 12, set: [['line/tax', { waiting: 10 }]], gone: [] }]);
  issueTen();
  follow(story.tell('call-next', c1, at('09:05')));
  expect(sent).toHaveLength(2);
  expect(sent[1]).toMatchObject({ after: 12, version: 23 });
  expect(sent[1]?.set.map(([key]) => key.split('/')[0])).toEqual(['line', 'call']);
  vi.advanceTimersByTime(10_000);
  expect(sent).toHaveLength(2);
});

test('[SHOW-4] for a minute of tickets no screen gets more than four patches a second', () => {
  const story = new Story().openDay();
  const { sent, follow } = roomFor(story, 'board');
  for (let step = 0; step < 600; step++) {
    const from = story.events.length;
    story.issue('tax', '09:00');
    follow(story.events.slice(from));
    vi.advanceTimersByTime(100);
  }
  expect(sent.length).toBeLessThanOrEqual(240);
  expect(sent.length).toBeGreaterThan(180);
});

test('[SHOW-3] a screen that follows every patch holds what the heartbeat says, for board and floor', () => {
  for (const audience of ['board', 'floor'] as const) {
    const story = new Story().openDay().openCounter('c1').openCounter('c2', 'budi');
    const { room, sent, follow } = roomFor(story, audience);
    let held: HeldView = heldFrom(room.snapshot());
    const from = story.events.length;
    for (const service of ['tax', 'land', 'tax']) story.issue(service, '09:00');
    story.callNext('c1', '09:05');
    story.tell('recall', c1, at('09:06'));
    story.callNext('c2', '09:06');
    story.tell('miss', c1, at('09:07'));
    story.tell('close-day', {}, at('16:00'));
    follow(story.events.slice(from));
    room.flush();
    for (const patch of sent) {
      const next = applyPatch(held, patch);
      if (next === 'gap') throw new Error('a gap in what was sent');
      held = next;
    }
    expect({ version: held.version, hash: hashEntries(held.entries) }).toMatchObject({
      version: room.heartbeat().version,
      hash: room.heartbeat().hash,
    });
    expect(new Map(room.snapshot().entries)).toEqual(held.entries);
  }
});

test('[SHOW-1] a room of the board sends nothing of the desks', () => {
  const story = new Story().openDay();
  const { room, sent, follow } = roomFor(story, 'board');
  const from = story.events.length;
  story.openCounter('c1', 'adi').issue('tax', '09:00');
  story.callNext('c1', '09:05');
  follow(story.events.slice(from));
  room.flush();
  expect(JSON.stringify(sent)).not.toMatch(/adi|desk|totals/);
});
