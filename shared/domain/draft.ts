/**
 * Readers for a draft: data from a file that may have any shape. Each answers with what is there in the right shape, and
 * with nothing where it is not, so that a check can go on past a fault that the schema names.
 */

export type Path = readonly (string | number)[];

export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const texts = (value: unknown): readonly string[] => list(value).filter((item) => typeof item === 'string');

/** What stands at a path; `undefined` where nothing does. */
export const valueAt = (draft: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[step] : undefined,
    draft,
  );

/**
 * The draft with another value at a path. `undefined` takes the field, or the item of a list, out. What lies on the way is
 * copied, or made where it is missing; everything else is the same as before.
 */
export const putAt = <T>(draft: T, path: Path, value: unknown): T => put(draft, path, value) as T;

const put = (draft: unknown, [step, ...rest]: Path, value: unknown): unknown => {
  if (step === undefined) return value;
  const inner = put(valueAt(draft, [step]), rest, value);
  if (typeof step === 'number') {
    const items = list(draft);
    return inner === undefined ? items.filter((_, at) => at !== step) : items.toSpliced(step, 1, inner);
  }
  if (inner !== undefined) return { ...record(draft), [step]: inner };
  const { [step]: _, ...others } = record(draft);
  return others;
};

/** Whether two pieces of plain data are equal; the order of a map's keys says nothing. */
export const isSame = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);

const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
    : value;
