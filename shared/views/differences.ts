import { weekdays } from '../protocol/blueprint.ts';

/** One field that is another after than before; `undefined`: it was, or is, not there. */
export interface Difference {
  /** From the outside in, joined by dots: `hours.week.mon`. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs between two pieces of plain data, field by field in the order they stand; lists are compared as a whole. */
export const differences = (before: unknown, after: unknown, field = ''): Difference[] => {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  if (!was || !is) return [{ field, before: before ?? undefined, after: after ?? undefined }];
  return inOrder([...new Set([...Object.keys(was), ...Object.keys(is)])]).flatMap((key) =>
    differences(was[key], is[key], field === '' ? key : `${field}.${key}`),
  );
};

/** The days of a week as a week goes: a database has them by the alphabet. */
const inOrder = (fields: readonly string[]): readonly string[] =>
  fields.some((field) => isDay(field)) ? fields.toSorted((a, b) => placeOf(a) - placeOf(b)) : fields;

const isDay = (field: string): boolean => placeOf(field) >= 0;
const placeOf = (field: string): number => (weekdays as readonly string[]).indexOf(field);

/** The fields of a map; nothing there has none. */
const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | null => {
  if (value === null || value === undefined) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
};
