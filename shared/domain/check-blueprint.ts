import type { BlueprintFault } from './blueprint-fault.ts';
import { checkCallColour } from './call-colour.ts';
import { checkHours } from './check-hours.ts';
import { checkJourneys } from './check-journeys.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkPrinters } from './check-printers.ts';
import { checkScreens } from './check-screens.ts';
import { checkTexts } from './check-texts.ts';
import { list, record, text, texts, type Path } from './draft.ts';

/**
 * Checks what a schema cannot: that ids are unique and refer to something, that texts are there in every language, that
 * every service has a counter, and that hours, zone, currency, fees and prefixes make sense. Takes a draft of any shape
 * and passes over what has the wrong one: the schema names that.
 */
export const checkBlueprint = (draft: unknown): BlueprintFault[] => [
  ...checkZone(draft),
  ...checkCurrency(draft),
  ...checkLanguages(draft),
  ...checkTexts(draft),
  ...checkHours(draft),
  ...['priorities', 'agencies', 'services', 'counters', 'journeys', 'screens', 'printers'].flatMap((kind) =>
    checkIds(draft, kind),
  ),
  ...checkAgencies(draft),
  ...checkServices(draft),
  ...checkNumbers(record(draft)['services']),
  ...checkCounters(draft),
  ...checkUnanswered(draft),
  ...checkJourneys(draft),
  ...checkRules(draft),
  ...checkCallColour(draft),
  ...checkScreens(draft),
  ...checkPrinters(draft),
];

const checkZone = (draft: unknown): BlueprintFault[] => {
  const zone = text(record(draft)['zone']);
  if (zone === undefined || isZone(zone)) return [];
  return [
    { path: ['zone'], code: 'UNKNOWN_ZONE', message: `"${zone}" is no IANA time zone: write one such as Asia/Jakarta` },
  ];
};

/** Offsets such as `+07:00` are refused: they know nothing of summer time. */
const isZone = (zone: string): boolean => {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const checkCurrency = (draft: unknown): BlueprintFault[] => {
  const currency = text(record(draft)['currency']);
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) return [];
  if (Intl.supportedValuesOf('currency').includes(currency)) return [];
  const message = `"${currency}" is no ISO 4217 currency code: write one such as IDR or AZN`;
  return [{ path: ['currency'], code: 'UNKNOWN_CURRENCY', message }];
};

const checkLanguages = (draft: unknown): BlueprintFault[] =>
  repeated(list(record(draft)['languages'])).map(({ value, index, first }) => ({
    path: ['languages', index],
    code: 'DUPLICATE_LANGUAGE',
    message: `language "${value}" is already number ${first + 1} of the list: remove one of the two`,
  }));

const checkIds = (draft: unknown, kind: string): BlueprintFault[] =>
  repeated(list(record(draft)[kind]).map((item) => record(item)['id'])).map(({ value, index, first }) => ({
    path: [kind, index, 'id'],
    code: 'DUPLICATE_ID',
    message: `id "${value}" is already used by ${kind}[${first}]: give each its own id`,
  }));

const checkAgencies = (draft: unknown): BlueprintFault[] => {
  const inUse = new Set(list(record(draft)['services']).map((service) => record(service)['agency']));
  return list(record(draft)['agencies']).flatMap((agency, index): BlueprintFault[] => {
    const id = text(record(agency)['id']);
    if (id === undefined || inUse.has(id)) return [];
    const message = `agency "${id}" has no service: add one with agency: ${id}, or remove the agency`;
    return [{ path: ['agencies', index, 'id'], code: 'AGENCY_WITHOUT_SERVICE', message }];
  });
};

const checkServices = (draft: unknown): BlueprintFault[] => {
  const { agencies, services, counters } = record(draft);
  const agencyIds = idsOf(agencies);
  const served = servedBy(counters);
  return list(services).flatMap((service, index): BlueprintFault[] => {
    const { prefix, fee } = record(service);
    const id = text(record(service)['id']);
    const agency = text(record(service)['agency']);
    const faults: BlueprintFault[] = [];
    if (agency !== undefined && !agencyIds.has(agency)) {
      const message = `there is no agency "${agency}": correct the id or add the agency`;
      faults.push({ path: ['services', index, 'agency'], code: 'UNKNOWN_AGENCY', message });
    }
    if (typeof prefix === 'string' && !prefixPattern.test(prefix)) {
      const message = `prefix "${prefix}" must be one or two capital letters A to Z without I, O and Q (they look like 1 and 0)`;
      faults.push({ path: ['services', index, 'prefix'], code: 'PREFIX_LETTERS', message });
    }
    if (typeof fee === 'number' && Math.round(fee * 100) / 100 !== fee) {
      const message = `fee ${fee} has more than two decimals: round it`;
      faults.push({ path: ['services', index, 'fee'], code: 'FEE_TOO_FINE', message });
    }
    if (id !== undefined && !served.services.has(id) && !(agency !== undefined && served.agencies.has(agency))) {
      const message = `no counter serves "${id}": add it, or its agency, to the serves of a counter`;
      faults.push({ path: ['services', index, 'id'], code: 'SERVICE_WITHOUT_COUNTER', message });
    }
    return faults;
  });
};

/** I, O and Q are left out: on a ticket they are taken for 1 and 0. */
const prefixPattern = /^[A-HJ-NPR-Z]{1,2}$/;

const checkCounters = (draft: unknown): BlueprintFault[] => {
  const { agencies, services } = record(draft);
  const counters = list(record(draft)['counters']);
  const agencyIds = idsOf(agencies);
  const agencyOf = new Map(list(services).map((service) => [record(service)['id'], record(service)['agency']]));
  const numbers = repeated(counters.map((counter) => record(counter)['number'])).map(
    ({ value, index, first }): BlueprintFault => ({
      path: ['counters', index, 'number'],
      code: 'DUPLICATE_NUMBER',
      message: `counter number ${value} is already that of counters[${first}]: give each counter its own number`,
    }),
  );
  const refs = counters.flatMap((counter, index): BlueprintFault[] => {
    const serves = record(record(counter)['serves']);
    const path = ['counters', index, 'serves'] as const;
    const whole = new Set(list(serves['agencies']));
    return [
      ...checkRefs(serves['agencies'], [...path, 'agencies'], 'UNKNOWN_AGENCY', 'agency', (id) => agencyIds.has(id)),
      ...checkRefs(serves['services'], [...path, 'services'], 'UNKNOWN_SERVICE', 'service', (id) => agencyOf.has(id)),
      ...list(serves['services']).flatMap((id, at): BlueprintFault[] => {
        const agency = text(agencyOf.get(id));
        if (agency === undefined || !whole.has(agency)) return [];
        const message = `"${String(id)}" is served already with its agency "${agency}": remove one of the two`;
        return [{ path: [...path, 'services', at], code: 'SERVED_TWICE', message }];
      }),
    ];
  });
  return [...numbers, ...refs];
};

/** Where arrivals are not confirmed, nobody knows whether the visitor came to a call (TIMER-3). */
const checkUnanswered = (draft: unknown): BlueprintFault[] => {
  const { confirmsArrival, unanswered } = record(record(draft)['rules']);
  if (unanswered === undefined || confirmsArrival !== false) return [];
  const message =
    'calls are repeated by themselves only where arrivals are confirmed: set confirmsArrival to true, or remove this';
  return [{ path: ['rules', 'unanswered'], code: 'ARRIVALS_NOT_CONFIRMED', message }];
};

/** The counters, agencies and services that skills and helps name. */
const checkRules = (draft: unknown): BlueprintFault[] => {
  const { agencies, services, counters, rules } = record(draft);
  const [counterIds, agencyIds, serviceIds] = [idsOf(counters), idsOf(agencies), idsOf(services)];
  const parts = [
    ['skills', 'of'],
    ['helps', 'with'],
  ] as const;
  return parts.flatMap(([part, field]) =>
    list(record(rules)[part]).flatMap((entry, index) => {
      const path = ['rules', part, index] as const;
      const named = record(record(entry)[field]);
      const knows = (ids: ReadonlySet<string>) => (id: string) => ids.has(id);
      return [
        ...checkRefs(record(entry)['counters'], [...path, 'counters'], 'UNKNOWN_COUNTER', 'counter', knows(counterIds)),
        ...checkRefs(named['agencies'], [...path, field, 'agencies'], 'UNKNOWN_AGENCY', 'agency', knows(agencyIds)),
        ...checkRefs(named['services'], [...path, field, 'services'], 'UNKNOWN_SERVICE', 'service', knows(serviceIds)),
      ];
    }),
  );
};

const checkRefs = (
  refs: unknown,
  path: Path,
  code: 'UNKNOWN_AGENCY' | 'UNKNOWN_COUNTER' | 'UNKNOWN_SERVICE',
  kind: string,
  isKnown: (id: string) => boolean,
): BlueprintFault[] => [
  ...list(refs).flatMap((id, at): BlueprintFault[] =>
    typeof id !== 'string' || isKnown(id)
      ? []
      : [{ path: [...path, at], code, message: `there is no ${kind} "${id}": correct the id or add the ${kind}` }],
  ),
  ...repeated(list(refs)).map(({ value, index }): BlueprintFault => ({
    path: [...path, index],
    code: 'SERVED_TWICE',
    message: `"${value}" is in this list twice: remove one of the two`,
  })),
];

const idsOf = (items: unknown): ReadonlySet<string> =>
  new Set(list(items).flatMap((item) => text(record(item)['id']) ?? []));

const servedBy = (counters: unknown): { agencies: ReadonlySet<string>; services: ReadonlySet<string> } => {
  const serves = list(counters).map((counter) => record(record(counter)['serves']));
  return {
    agencies: new Set(serves.flatMap((each) => texts(each['agencies']))),
    services: new Set(serves.flatMap((each) => texts(each['services']))),
  };
};

/** Every text or number that stands earlier in the list too. */
const repeated = (values: readonly unknown[]): { value: string | number; index: number; first: number }[] => {
  const seen = new Map<string | number, number>();
  return values.flatMap((value, index) => {
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    const first = seen.get(value);
    if (first !== undefined) return [{ value, index, first }];
    seen.set(value, index);
    return [];
  });
};
