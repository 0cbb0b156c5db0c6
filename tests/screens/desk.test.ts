import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import type { DeskEntry } from '@antrean/shared/protocol/screens.ts';
import { clockText } from '@antrean/shared/views/clock-text.ts';
import { deskActions, deskOf, linesFor, mainAction } from '@antrean/shared/views/desk.ts';
import { pagesOf } from '@antrean/shared/views/pages.ts';
import { expect, test } from 'vitest';

const at = 1_800_000_000_000;
const desk = (status: 'called' | 'serving' | null, isPaused = false): DeskEntry => ({
  agentId: 'ani',
  status: isPaused ? 'paused' : 'open',
  pauseReason: isPaused ? 'meal' : null,
  since: at,
  ticket: status && {
    id: 't',
    number: 'A001',
    serviceId: 'S',
    priority: null,
    language: 'en',
    status,
    queuedAt: at,
    calledAt: at,
    startedAt: status === 'serving' ? at : null,
    recalls: 0,
    why: null,
  },
});
const rules: BranchView['rules'] = {
  confirmsArrival: true,
  callNextFinishes: true,
  agentsMayChoose: false,
  hidesLine: false,
  openScreens: false,
  remoteJoining: false,
  missedMayReturn: false,
  waitTargetMinutes: 15,
  undoWithinMs: 30_000,
};
const allowed = (entry: DeskEntry, confirmsArrival: boolean, callNextFinishes: boolean): string[] =>
  Object.entries(deskActions(entry, { ...rules, confirmsArrival, callNextFinishes }))
    .filter(([, isAllowed]) => isAllowed)
    .map(([action]) => action);

const withVisitor = ['hold', 'return', 'transfer', 'add-leg', 'note'];

test('the buttons of a desk follow its state and the rules of the hall', () => {
  expect(allowed(desk(null), true, true)).toEqual(['call-next', 'pause', 'close']);
  expect(allowed(desk('called'), true, true)).toEqual(['recall', 'start', 'miss', ...withVisitor, 'cancel']);
  expect(allowed(desk('called'), false, true)).toEqual([
    'call-next',
    'recall',
    'start',
    'finish',
    'miss',
    ...withVisitor,
    'outcome',
    'cancel',
  ]);
  expect(allowed(desk('serving'), true, true)).toEqual([
    'call-next',
    'finish',
    'hold',
    'park',
    ...withVisitor.slice(1),
    'outcome',
    'cancel',
  ]);
  expect(allowed(desk('serving'), true, false)).toEqual([
    'finish',
    'hold',
    'park',
    ...withVisitor.slice(1),
    'outcome',
    'cancel',
  ]);
  expect(allowed(desk(null, true), true, true)).toEqual(['resume', 'close']);
});

test('the main key calls, receives who was called, and calls again', () => {
  expect(mainAction(desk(null), rules)).toBe('call-next');
  expect(mainAction(desk('called'), rules)).toBe('start');
  expect(mainAction(desk('serving'), rules)).toBe('call-next');
  expect(mainAction(desk('serving'), { ...rules, callNextFinishes: false })).toBe(null);
  expect(mainAction(desk(null, true), rules)).toBe(null);
});

test('a desk is found by its agent, its lines by the longest wait', () => {
  const entries = new Map<string, unknown>([
    ['desk/C-1', desk(null)],
    ['line/S-1', { waiting: 5, since: at }],
    ['line/S-2', { waiting: 1, since: at - 1_000 }],
    ['line/S-3', { waiting: 9, since: at - 9_000 }],
  ]);
  expect(deskOf(entries, 'ani')?.[0]).toBe('C-1');
  expect(deskOf(entries, 'budi')).toBeUndefined();
  expect(linesFor(entries, ['S-1', 'S-2']).map(({ serviceId }) => serviceId)).toEqual(['S-2', 'S-1']);
});

test('running times and pages', () => {
  expect([-5_000, 0, 59_999, 60_000, 3_599_000, 3_600_000, 36_061_000].map(clockText)).toEqual([
    '0:00',
    '0:00',
    '0:59',
    '1:00',
    '59:59',
    '1:00:00',
    '10:01:01',
  ]);
  expect(pagesOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(pagesOf([], 8)).toEqual([[]]);
  expect(pagesOf([1, 2], 2)).toEqual([[1, 2]]);
});
