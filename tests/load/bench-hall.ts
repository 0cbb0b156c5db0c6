import { createStaff } from '@antrean/server/access/create-staff.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Sql } from 'postgres';

export const benchCounters = 16;
export const benchServices = 20;

/** A hall whose counters serve all services and where "call next" alone moves the line on. */
const blueprint: Blueprint = {
  format: 1,
  branch: 'bench',
  name: { en: 'Bench' },
  zone: 'Asia/Jakarta',
  dayStartsAt: '04:00',
  languages: ['en'],
  currency: 'IDR',
  hours: { week: {} },
  agencies: [{ id: 'A', name: { en: 'Agency' } }],
  services: Array.from({ length: benchServices }, (_, index) => ({
    id: `S-${index}`,
    agency: 'A',
    name: { en: `Service ${index}` },
    prefix: 'ABCDEFGHJKLMNPRSTUVW'[index] ?? 'A',
    source: 'made for the benchmark',
  })),
  counters: Array.from({ length: benchCounters }, (_, index) => ({
    id: `C-${index + 1}`,
    number: index + 1,
    serves: { agencies: ['A'] },
  })),
  priorities: [],
  rules: { confirmsArrival: false, callNextFinishes: true },
};

/** Makes the hall and a manager. @returns the manager's password */
export const makeBenchHall = async (sql: Sql): Promise<string> => {
  await importBlueprint(sql, blueprint);
  return createStaff(sql, { login: 'bench', displayName: 'Bench', role: 'manager', branchId: null });
};
