import {
  mayAct,
  mayBeOfAgency,
  type Permission,
  type Reach,
  reachOf,
  type Role,
  staffRoles,
} from '@antrean/shared/domain/permissions.ts';
import { expect, test } from 'vitest';

const everybody = [
  'visitor',
  'kiosk',
  'agent',
  'floor-walker',
  'agency-administrator',
  'manager',
  'administrator',
] as const;
const desk = ['agent', 'agency-administrator', 'manager', 'administrator'] as const;
const floor = [...desk, 'floor-walker'] as const;
const hall = ['manager', 'administrator'] as const;
const readers = ['agency-administrator', 'manager', 'administrator', 'auditor'] as const;

/** Who may do what, written from the other side than the table: by act, all roles that may. */
const allowed: Readonly<Record<Permission, readonly Role[]>> = {
  'branch:read': [...everybody, 'display', 'auditor'],
  'ticket:issue': everybody,
  'ticket:check-in': floor,
  'ticket:read': [...floor, 'kiosk', 'auditor'],
  'ticket:print': [...floor, 'kiosk'],
  'paper:take': ['kiosk'],
  'ticket:cancel': floor,
  'ticket:call': desk,
  'ticket:call-this': desk,
  'ticket:move': floor,
  'ticket:reclass': floor,
  'ticket:rejoin': floor,
  'ticket:void': hall,
  'ticket:reassign': hall,
  'counter:open': desk,
  'counter:pause': desk,
  'counter:close': desk,
  'service:pause': ['agency-administrator', 'manager', 'administrator'],
  'message:show': hall,
  'floor:read': [...floor, 'auditor'],
  'branch:simulate': hall,
  'day:open': hall,
  'day:close': hall,
  'device:manage': hall,
  'help:call': everybody,
  'help:answer': floor,
  'alert:read': hall,
  'alert:snooze': hall,
  'joining:show': [...floor, 'display'],
  'setup:read': readers,
  'setup:change': ['administrator'],
  'hall:add': ['administrator'],
  'person:manage': hall,
  'satisfaction:read': readers,
  'report:read': readers,
  'past:read': readers,
  'staff:manage': ['administrator', 'agency-administrator'],
  'audit:read': readers,
};
const acts = Object.keys(reachOf) as Permission[];
const roles = Object.keys(reachOf['branch:read']) as Role[];
/** The scopes an account can have, the smallest first, and which reach of an act each is enough for. */
const scopes = [
  { branchId: 'here', agencyId: 'mine', reaches: ['agency'] },
  { branchId: 'here', agencyId: null, reaches: ['agency', 'hall'] },
  { branchId: null, agencyId: null, reaches: ['agency', 'hall', 'all'] },
] as const satisfies readonly { branchId: string | null; agencyId: string | null; reaches: readonly Reach[] }[];

test(`[ALLOW-1] role by role and act by act the table says who may: ${roles.length * acts.length} cells`, () => {
  expect(acts.toSorted()).toEqual(Object.keys(allowed).toSorted());
  expect(roles.toSorted()).toEqual(['visitor', 'kiosk', 'display', ...staffRoles].toSorted());
  for (const role of roles) {
    for (const act of acts) expect(reachOf[act][role] !== '-', `${role} ${act}`).toBe(allowed[act].includes(role));
  }
});

test('[ALLOW-2] an account that is limited may do what its scope is enough for, in all of role × act × scope', () => {
  let cells = 0;
  for (const role of roles) {
    for (const act of acts) {
      for (const { reaches, ...scope } of scopes) {
        const reach = reachOf[act][role];
        const isEnough = (reaches as readonly Reach[]).includes(reach);
        expect(mayAct({ role, ...scope }, act), `${role} ${act} ${JSON.stringify(scope)}`).toBe(isEnough);
        cells += 1;
      }
    }
  }
  expect(cells).toBe(roles.length * acts.length * 3);
});

test('[ALLOW-1] nobody may less than somebody below them', () => {
  for (const [below, above] of [
    ['agent', 'agency-administrator'],
    ['agent', 'manager'],
    ['floor-walker', 'agent'],
    ['manager', 'administrator'],
  ] as const) {
    for (const act of acts) {
      if (reachOf[act][below] !== '-') expect(reachOf[act][above], `${above} ${act}`).not.toBe('-');
    }
  }
});

test('[ALLOW-1] an auditor changes nothing', () => {
  for (const act of acts) if (reachOf[act].auditor !== '-') expect(act).toMatch(/:read$/);
});

test('[ALLOW-3] whoever has the whole hall in hand is not of one agency, and an agency has nothing that needs the hall', () => {
  expect(staffRoles.filter((role) => !mayBeOfAgency(role))).toEqual(['manager', 'administrator']);
  for (const role of staffRoles) {
    for (const act of acts) {
      if (mayBeOfAgency(role) && role !== 'agency-administrator') expect(['-', 'agency']).toContain(reachOf[act][role]);
    }
  }
});
