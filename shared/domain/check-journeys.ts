import type { BlueprintFault } from './blueprint-fault.ts';
import { list, record } from './draft.ts';
import { legsAtMost } from './legs.ts';

/** Every journey leads through services that there are, each once, and not through more than a visit can hold. */
export const checkJourneys = (draft: unknown): BlueprintFault[] => {
  const { journeys, services } = record(draft);
  const serviceIds = new Set(list(services).map((service) => record(service)['id']));
  return list(journeys).flatMap((journey, index): BlueprintFault[] => {
    const path = ['journeys', index, 'steps'] as const;
    const legs = list(record(journey)['steps']).flatMap((step, stepAt) =>
      list(step).map((id, at) => ({ id, path: [...path, stepAt, at] })),
    );
    const seen = new Set<unknown>();
    const faults = legs.flatMap(({ id, path }): BlueprintFault[] => {
      if (typeof id !== 'string') return [];
      if (!serviceIds.has(id)) {
        const message = `there is no service "${id}": correct the id or add the service`;
        return [{ path, code: 'UNKNOWN_SERVICE', message }];
      }
      if (!seen.has(id)) {
        seen.add(id);
        return [];
      }
      const message = `the journey leads to "${id}" already: a visitor goes there once, remove one of the two`;
      return [{ path, code: 'LEG_TWICE', message }];
    });
    if (legs.length <= legsAtMost) return faults;
    const message = `the journey has ${legs.length} services, and a visit at most ${legsAtMost}: make two journeys of it`;
    return [...faults, { path, code: 'JOURNEY_TOO_LONG', message }];
  });
};
