import { createStaff } from '@antrean/server/access/create-staff.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Sql } from 'postgres';
import { middayZone } from './midday-zone.ts';

/** The plain hall's branch id. */
export const plainBranch = 'plain';
export const counterCount = 16;
export const serviceCount = 20;

/** A hall of services `S-0` … and counters `C-1` …, each serving all, where "call next" alone moves the line on. */
export const plainHall: Blueprint = {
  format: 1,
  branch: plainBranch,
  name: { en: 'Plain hall' },
  zone: middayZone(),
  dayStartsAt: '04:00',
  languages: ['en'],
  currency: 'IDR',
  hours: { week: {} },
  agencies: [{ id: 'A', name: { en: 'Agency' } }],
  services: Array.from({ length: serviceCount }, (_, index) => ({
    id: `S-${index}`,
    agency: 'A',
    name: { en: `Service ${index}` },
    prefix: 'ABCDEFGHJKLMNPRSTUVW'[index] ?? 'A',
    source: 'made for tests',
  })),
  counters: Array.from({ length: counterCount }, (_, index) => ({
    id: `C-${index + 1}`,
    number: index + 1,
    serves: { agencies: ['A'] },
  })),
  priorities: [{ id: 'elderly', name: { en: 'Elderly' }, headStartMinutes: 20 }],
  rules: { confirmsArrival: false, callNextFinishes: true, openScreens: true },
};

/** The plain hall with an agency B that has a counter of its own, and a counter that both agencies share. */
export const twoAgencies: Blueprint = {
  ...plainHall,
  agencies: [...plainHall.agencies, { id: 'B', name: { en: 'The other agency' } }],
  services: [...plainHall.services, { ...plainHall.services[0]!, id: 'S-B', agency: 'B', prefix: 'X' }],
  counters: [
    ...plainHall.counters,
    { id: 'C-B', number: 91, serves: { agencies: ['B'] } },
    { id: 'C-AB', number: 92, serves: { agencies: ['A', 'B'] } },
  ],
};

/** Imports a hall and makes a manager for it. @returns the manager's password */
export const makeHall = async (sql: Sql, blueprint: Blueprint = plainHall): Promise<string> => {
  await importBlueprint(sql, blueprint);
  return createStaff(sql, { login: 'manager', displayName: 'Manager', role: 'manager', branchId: null });
};
