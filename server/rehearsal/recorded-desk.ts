import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { byFrequency } from './by-frequency.ts';
import type { HallOfRecord } from './hall-of-record.ts';
import { presencesOf } from './presences.ts';
import type { RecordedFile } from './recorded-day.ts';
import { type RuleSet, withRules } from './rule-sets.ts';

/** I, O and Q are not used on tickets: they are taken for 1 and 0. */
const letters = [...'ABCDEFGHJKLMNPRSTUVWXYZ'];

/**
 * A hall made of nothing but a record: its services, its priority classes, and as many counters as its agents needed at
 * the same time, each serving everything. It follows from the whole file, whatever day is replayed, and so does its id:
 * another file is another hall, and so is the same file under other rules.
 */
export const recordedDesk = (record: RecordedFile, rules?: RuleSet): { blueprint: Blueprint; hall: HallOfRecord } => {
  const days = [...record.days.values()];
  const visits = days.flat();
  const services = byFrequency(visits.map(({ service }) => service));
  const classes = [...new Set(visits.map(({ priority }) => priority))].filter((priority) => priority > 0).sort();
  const counterCount = Math.max(1, ...days.flatMap((day) => presencesOf(day).map(({ counter }) => counter + 1)));
  const serviceIds = new Map(services.map((service, index) => [service, `service-${index + 1}`]));
  const branchId = `recorded-desk-${record.sha256.slice(0, 8)}`;
  const plain: Blueprint = {
    format: 1,
    branch: branchId,
    name: { en: 'Recorded desk' },
    notes: ['Made from a recorded day by "antrean replay". Not a hall that people visit.'],
    zone: 'UTC',
    dayStartsAt: '00:00',
    languages: ['en'],
    currency: 'USD',
    hours: { week: {} },
    // Its visitors have no kiosk.
    rules: { confirmsArrival: true, callNextFinishes: true, openScreens: true },
    priorities: classes.map((priority) => ({
      id: `priority-${priority}`,
      name: { en: `Priority ${priority}` },
      headStartMinutes: priority,
    })),
    agencies: [{ id: 'desk', name: { en: 'Recorded desk' } }],
    services: services.map((service, index) => ({
      id: `service-${index + 1}`,
      agency: 'desk',
      name: { en: service },
      prefix: prefixOf(index),
      source: `the service ${service} of the recorded days`,
    })),
    counters: Array.from({ length: Math.min(counterCount, 999) }, (_, index) => ({
      id: `counter-${index + 1}`,
      number: index + 1,
      serves: { agencies: ['desk'] },
    })),
  };
  const blueprint = rules ? withRules(plain, rules) : plain;
  const serves = new Set(serviceIds.values());
  const { confirmsArrival, callNextFinishes } = blueprint.rules;
  const hall: HallOfRecord = {
    branchId: blueprint.branch,
    isOnePress: callNextFinishes && !confirmsArrival,
    serviceOf: (service) => serviceIds.get(service) ?? '',
    priorityOf: (priority) => (priority === 0 ? null : `priority-${priority}`),
    counters: blueprint.counters.map(({ id }) => ({ id, serves })),
  };
  return { blueprint, hall };
};

/** A, B … Z, then AA, AB …: 552 services, far more than one desk has; beyond that they share. */
const prefixOf = (index: number): string => {
  const count = letters.length;
  const first = letters[Math.floor(index / count) - 1] ?? '';
  return `${first}${letters[index % count]}`;
};
