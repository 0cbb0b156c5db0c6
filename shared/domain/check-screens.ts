import type { BlueprintFault } from './blueprint-fault.ts';
import { list, record, text } from './draft.ts';

/** Every screen shows a part of the hall that there is, and a sign exactly one counter (SCREEN-1). */
export const checkScreens = (draft: unknown): BlueprintFault[] => {
  const { screens, agencies, counters } = record(draft);
  const known = {
    agencies: idsOf(agencies),
    counters: idsOf(counters),
    areas: new Set<unknown>(list(counters).flatMap((counter) => Object.values(record(record(counter)['area'])))),
  };
  return list(screens).flatMap((screen, index): BlueprintFault[] => {
    const { layout, zone } = record(screen);
    const faults = parts.flatMap(({ part, code, kind }) =>
      list(record(zone)[part]).flatMap((named, at): BlueprintFault[] => {
        if (typeof named !== 'string' || known[part].has(named)) return [];
        const message = `there is no ${kind} "${named}": correct it or add the ${kind}`;
        return [{ path: ['screens', index, 'zone', part, at], code, message }];
      }),
    );
    if (layout !== 'sign') return faults;
    const { areas, agencies: ofAgencies, counters: own } = record(zone);
    if (areas === undefined && ofAgencies === undefined && list(own).length === 1) return faults;
    const message = 'a sign stands above one counter: name that one alone in zone.counters';
    return [...faults, { path: ['screens', index, 'layout'], code: 'SIGN_OF_ONE_COUNTER', message }];
  });
};

const parts = [
  { part: 'areas', code: 'UNKNOWN_AREA', kind: 'area' },
  { part: 'agencies', code: 'UNKNOWN_AGENCY', kind: 'agency' },
  { part: 'counters', code: 'UNKNOWN_COUNTER', kind: 'counter' },
] as const;

const idsOf = (items: unknown): ReadonlySet<string> =>
  new Set(list(items).flatMap((item) => text(record(item)['id']) ?? []));
