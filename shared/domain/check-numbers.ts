import type { BlueprintFault } from './blueprint-fault.ts';
import { list, record, text } from './draft.ts';

/** A range of numbers does not end before it begins, and services that share a prefix take their numbers from one range. */
export const checkNumbers = (services: unknown): BlueprintFault[] => {
  const ranges = new Map<string, { readonly shown: string; readonly index: number }>();
  return list(services).flatMap((service, index): BlueprintFault[] => {
    const { numbers } = record(service);
    const prefix = text(record(service)['prefix']);
    const { from, to, step } = record(numbers);
    if (typeof from === 'number' && typeof to === 'number' && to < from) {
      const message = `the numbers end at ${to} but begin at ${from}: to must not be less than from`;
      return [{ path: ['services', index, 'numbers', 'to'], code: 'NUMBERS_END_BEFORE_BEGIN', message }];
    }
    if (prefix === undefined) return [];
    const shown = numbers === undefined ? 'none' : `from ${String(from)} to ${String(to)}, step ${String(step)}`;
    const first = ranges.get(prefix);
    if (!first) ranges.set(prefix, { shown, index });
    if (!first || first.shown === shown) return [];
    const message = `services[${first.index}] has the same prefix "${prefix}" with other numbers (${first.shown}): give both the same`;
    return [{ path: ['services', index, 'numbers'], code: 'NUMBERS_DISAGREE', message }];
  });
};
