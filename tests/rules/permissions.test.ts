import { type Permission, permissions, type Role } from '@antrean/shared/domain/permissions.ts';
import { expect, test } from 'vitest';

/** Who may do what, written from the other side than the table: by act, all roles that may. */
const allowed: Readonly<Record<Permission, readonly Role[]>> = {
  'branch:read': ['visitor', 'agent', 'manager', 'administrator'],
  'ticket:issue': ['visitor', 'agent', 'manager', 'administrator'],
  'ticket:check-in': ['agent', 'manager', 'administrator'],
  'ticket:read': ['visitor', 'agent', 'manager', 'administrator'],
  'ticket:cancel': ['visitor', 'agent', 'manager', 'administrator'],
  'ticket:call': ['agent', 'manager', 'administrator'],
  'ticket:call-this': ['agent', 'manager', 'administrator'],
  'ticket:move': ['agent', 'manager', 'administrator'],
  'ticket:rejoin': ['visitor', 'agent', 'manager', 'administrator'],
  'ticket:void': ['manager', 'administrator'],
  'ticket:reassign': ['manager', 'administrator'],
  'counter:open': ['agent', 'manager', 'administrator'],
  'counter:pause': ['agent', 'manager', 'administrator'],
  'counter:close': ['agent', 'manager', 'administrator'],
  'floor:read': ['agent', 'manager', 'administrator'],
  'branch:simulate': ['manager', 'administrator'],
  'day:open': ['manager', 'administrator'],
  'day:close': ['manager', 'administrator'],
  'staff:manage': ['administrator'],
};
const roles = Object.keys(permissions) as Role[];
const acts = Object.keys(permissions.visitor) as Permission[];

test(`[ALLOW-1] role by role and act by act the table says who may: ${roles.length * acts.length} cells`, () => {
  expect(acts.toSorted()).toEqual(Object.keys(allowed).toSorted());
  for (const role of roles) {
    for (const act of acts) expect(permissions[role][act], `${role} ${act}`).toBe(allowed[act].includes(role));
  }
});

test('[ALLOW-1] nobody may less than somebody below them', () => {
  for (const [below, above] of [
    ['visitor', 'agent'],
    ['agent', 'manager'],
    ['manager', 'administrator'],
  ] as const) {
    for (const act of acts) if (permissions[below][act]) expect(permissions[above][act], `${above} ${act}`).toBe(true);
  }
});
