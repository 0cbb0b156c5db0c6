import { Settings } from 'typebox/system';
import type { TLocalizedValidationError } from 'typebox/error';
import { Value } from 'typebox/value';
import { type Path, valueAt } from '../domain/draft.ts';
import { Blueprint } from './blueprint.ts';

export interface SchemaFault {
  readonly path: Path;
  readonly code: 'MISSING_FIELD' | 'UNKNOWN_FIELD' | 'WRONG_TYPE' | 'WRONG_VALUE';
  readonly message: string;
}

/** A file with more faults than this is not a blueprint; the rest of them would not help anybody. */
const maxFaults = 10_000;

/** Every place where a draft departs from the blueprint's schema. */
export const schemaFaults = (draft: unknown): SchemaFault[] =>
  everyError(draft).flatMap((error) => faultsOf(error, draft));

/** TypeBox stops at 8 errors unless its process-wide setting says otherwise; nothing else runs while it is changed. */
const everyError = (draft: unknown): TLocalizedValidationError[] => {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: maxFaults });
  try {
    return Value.Errors(Blueprint, draft);
  } finally {
    Settings.Set({ maxErrors });
  }
};

const faultsOf = (error: TLocalizedValidationError, draft: unknown): SchemaFault[] => {
  const path = pathOf(error.instancePath);
  const schema = valueAt(Blueprint, pathOf(error.schemaPath.slice(1)));
  const described = descriptionOf(schema);
  switch (error.keyword) {
    case 'boolean':
      return []; // named by the additionalProperties error of the object around it
    case 'additionalProperties':
      return error.params.additionalProperties.map((name) => ({
        path: [...path, name],
        code: 'UNKNOWN_FIELD',
        message: `"${name}" is not known here: correct or remove it; expected is ${described}`,
      }));
    case 'required':
      return error.params.requiredProperties.map((name) => ({
        path: [...path, name],
        code: 'MISSING_FIELD',
        message: `"${name}" is missing: add ${descriptionOf(valueAt(schema, ['properties', name]))}`,
      }));
    case 'type':
      return [{ path, code: 'WRONG_TYPE', message: `${shown(valueAt(draft, path))} must be ${described}` }];
    default:
      return [{ path, code: 'WRONG_VALUE', message: `${shown(valueAt(draft, path))} must be ${described}` }];
  }
};

/** A JSON pointer as a path; digits become numbers, for indexes. */
const pathOf = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

const descriptionOf = (schema: unknown): string => {
  const description = valueAt(schema, ['description']);
  return typeof description === 'string' ? description : 'something else';
};

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing stands here; it';
  if (Array.isArray(value)) return value.length === 0 ? 'the empty list' : 'the list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'the empty map' : 'the map';
  const text = JSON.stringify(value) ?? String(value);
  return `${typeof value} ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
};
