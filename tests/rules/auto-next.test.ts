import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import type { DeskEntry } from '@antrean/shared/protocol/screens.ts';
import { countdownAt, endsVisit, mayCountDown } from '@antrean/shared/views/auto-next.ts';
import { branchView } from '@antrean/shared/views/branch-view.ts';
import { expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';

const noon = 1_800_000_000_000;

test('[AUTO-1] what ends a visit at the desk begins a countdown, and nothing else does', () => {
  const acts = ['finish', 'outcome', 'miss', 'hold', 'park', 'transfer', 'cancel'];
  const others = ['call-next', 'call-this', 'recall', 'start', 'add-leg', 'note', 'pause', 'resume', 'close', 'undo'];
  expect(acts.filter(endsVisit)).toEqual(acts);
  expect(others.filter(endsVisit)).toEqual([]);
  expect(endsVisit('return')).toBe(false);
});

test('[AUTO-1] consoles are told after how long, where the hall has the rule', () => {
  const rulesWith = (more: object) =>
    branchView(setupOfBlueprint({ ...plainHall, rules: { ...plainHall.rules, ...more } }), 1).rules;
  expect(rulesWith({ nextAfterSeconds: 5 }).nextAfterMs).toBe(5_000);
  expect(rulesWith({})).not.toHaveProperty('nextAfterMs');
});

test('[AUTO-2] it runs only at a free desk that somebody waits for, linked, and with nothing else begun', () => {
  const desk: DeskEntry = { agentId: 'ani', status: 'open', pauseReason: null, since: noon, ticket: null };
  const around = { waiting: 1, isLive: true, isBusy: false };
  expect(mayCountDown(desk, around)).toBe(true);
  expect(mayCountDown({ ...desk, status: 'paused', pauseReason: 'meal' }, around)).toBe(false);
  expect(mayCountDown({ ...desk, ticket: {} as DeskEntry['ticket'] }, around)).toBe(false);
  expect(mayCountDown(desk, { ...around, waiting: 0 })).toBe(false);
  expect(mayCountDown(desk, { ...around, isLive: false })).toBe(false);
  expect(mayCountDown(desk, { ...around, isBusy: true })).toBe(false);
});

test('[AUTO-2] seconds are counted to one, and what comes late is called at once, but not after a sleep or a set clock', () => {
  const after = [-1, 0, 1, 1_000, 4_001, 4_999, 5_000, 5_100, 10_000, 10_001, 600_000];
  expect(after.map((ms) => countdownAt(noon, 5_000, noon + ms))).toEqual([
    ...['void', 5, 5, 4, 1, 1],
    ...['over', 'over', 'over', 'void', 'void'],
  ]);
});
