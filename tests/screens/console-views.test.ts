import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import { asideActions, asideAt, asideOf } from '@antrean/shared/views/aside.ts';
import { undoAt } from '@antrean/shared/views/desk.ts';
import { HallNames } from '@antrean/shared/views/hall-names.ts';
import { keeperTargets, matching, serviceTargets } from '@antrean/shared/views/targets.ts';
import { expect, test } from 'vitest';

const at = 1_800_000_000_000;

test('those set aside: the held by their return, then the parked, then the missed from the latest', () => {
  const entries = new Map<string, unknown>([
    ['aside/1', { state: 'missed', number: 'A001', serviceId: 'S', missedAt: at, misses: 1 }],
    ['aside/2', { state: 'missed', number: 'A002', serviceId: 'S', missedAt: at + 1, misses: 1 }],
    ['aside/3', { state: 'held', number: 'A003', serviceId: 'S', until: at + 9, reason: 'copies' }],
    ['aside/4', { state: 'held', number: 'A004', serviceId: 'other', until: at + 8, reason: 'copies' }],
    ['aside/5', { state: 'parked', number: 'A005', serviceId: 'other', agentId: 'ani' }],
    ['aside/6', { state: 'parked', number: 'A006', serviceId: 'S', agentId: 'budi' }],
  ]);
  const numbers = (list: readonly { number: string }[]) => list.map(({ number }) => number);
  expect(numbers(asideOf(entries))).toEqual(['A004', 'A003', 'A005', 'A006', 'A002', 'A001']);
  expect(numbers(asideAt(entries, ['S'], 'ani'))).toEqual(['A003', 'A005', 'A002', 'A001']);
  const [held, , mine, , missed] = asideOf(entries);
  expect(asideActions(held!, { missedMayReturn: false }, { agentId: 'ani' })).toEqual(['return', 'cancel']);
  expect(asideActions(mine!, { missedMayReturn: false }, { agentId: 'ani' })).toEqual(['resume', 'return']);
  expect(asideActions(mine!, { missedMayReturn: false })).toEqual(['return', 'cancel']);
  expect(asideActions(missed!, { missedMayReturn: false })).toEqual(['give-up']);
  expect(asideActions(missed!, { missedMayReturn: true })).toEqual(['rejoin', 'give-up']);
});

test('what can be taken back counts down to nothing', () => {
  const entries = new Map([['undo/C-1', { action: 'go-on', number: 'A001', at }]]);
  const rules = { undoWithinMs: 30_000 };
  expect(undoAt(entries, 'C-1', rules, at + 500)).toEqual({ action: 'finish', number: 'A001', seconds: 30 });
  expect(undoAt(entries, 'C-1', rules, at + 29_500)?.seconds).toBe(1);
  expect(undoAt(entries, 'C-1', rules, at + 30_000)).toBeNull();
  expect(undoAt(entries, 'C-2', rules, at)).toBeNull();
});

const service = (id: string, agencyId: string, en: string) => ({ id, agencyId, name: { en }, prefix: 'A' });
const branch = {
  id: 'hall',
  languages: ['en'],
  agencies: [
    { id: 'town', name: { en: 'Town' } },
    { id: 'tax', name: { en: 'Vergi xidməti' } },
  ],
  services: [service('B-1', 'town', 'Births'), service('T-1', 'tax', 'Şəxsi kart'), service('T-2', 'tax', 'Refunds')],
  counters: [
    { id: 'C-3', number: 3, serves: ['T-1'] },
    { id: 'C-1', number: 1, serves: ['T-1', 'T-2'] },
    { id: 'C-2', number: 2, serves: ['T-1', 'B-1'] },
  ],
  priorities: [],
} as unknown as BranchView;

test('a visitor can be sent to whoever serves the service, and to any service, its own agency first', () => {
  const names = new HallNames(branch);
  expect(serviceTargets(branch, names, 'en', 'T-2').map(({ id }) => id)).toEqual([
    'service/T-1',
    'service/T-2',
    'service/B-1',
  ]);
  const entries = new Map([['desk/C-2', { agentId: 'budi' }]]);
  const words = {
    language: 'en',
    atCounter: (number: number) => `Counter ${number}`,
    agentAt: (agent: string, number: number) => `${agent}, ${number}`,
  };
  const from = (serviceId: string) => keeperTargets(branch, entries, { counterId: 'C-1', serviceId }, words);
  expect(from('T-1').map(({ text, fields }) => [text, fields])).toEqual([
    ['budi, 2', { keptFor: { agentId: 'budi' } }],
    ['Counter 2', { keptFor: { counterId: 'C-2' } }],
    ['Counter 3', { keptFor: { counterId: 'C-3' } }],
  ]);
  expect(from('T-2')).toEqual([]);
});

test('a target is found by any of its words, without the marks of its letters', () => {
  const all = serviceTargets(branch, new HallNames(branch), 'en', undefined);
  const found = (query: string) => matching(all, query).map(({ id }) => id);
  expect(found('')).toHaveLength(3);
  expect(found('sexsi')).toEqual(['service/T-1']);
  expect(found('XIDMETI  ref')).toEqual(['service/T-2']);
  expect(found('town births')).toEqual(['service/B-1']);
  expect(found('nothing')).toEqual([]);
});
