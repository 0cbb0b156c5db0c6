import { type Path, valueAt } from '../domain/draft.ts';
import { Blueprint } from './blueprint.ts';

/** What a value may be at most and at least, and how long. */
export interface Limits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

/** The limits that the blueprint's schema has for a place, such as `['services', 3, 'quota']`; none where it has none. */
export const limitsAt = (path: Path): Limits =>
  (path.reduce<unknown>((schema, step) => {
    if (typeof step === 'number') return valueAt(schema, ['items']);
    const [byPattern] = Object.values((valueAt(schema, ['patternProperties']) as object | undefined) ?? {});
    return valueAt(schema, ['properties', step]) ?? byPattern;
  }, Blueprint) as Limits | undefined) ?? {};
