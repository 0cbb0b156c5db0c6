import fc from 'fast-check';
import { Compile } from 'typebox/schema';
import type { Random } from '../simulation/random.ts';
import { hostileTexts } from './hostile-texts.ts';

/** JSON Schema as the API's description has it. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Ids that there are, by the name of the field or parameter that takes one: with them the rules behind a schema are reached. */
export type KnownIds = Readonly<Record<string, readonly unknown[]>>;

/** Whether a value is as a schema has it, by another program than the server's. */
export const checkOf = (schema: Schema): ((value: unknown) => boolean) => {
  const compiled = Compile(schema as object);
  return (value) => compiled.Check(value);
};

const poolSize = 40;
const days = ['2026-01-05', '2026-02-28', '1970-01-01', '9999-12-31', '0001-01-01', '2024-02-29'];

/** Right values for the schemas of one description, as wild as each schema allows. */
export class ValuesOfSchema {
  readonly #seed: number;
  readonly #known: KnownIds;
  readonly #pools = new Map<Schema, readonly unknown[]>();

  constructor(seed: number, known: KnownIds) {
    this.#seed = seed;
    this.#known = known;
  }

  /** @param name what the field or parameter is called */
  value(schema: Schema, random: Random, name = ''): unknown {
    const { properties, additionalProperties, anyOf, oneOf } = schema;
    const known = this.#known[name];
    if (known && random.chance(0.8)) return random.pick(known);
    if (name === 'commandId') return uuidOf(random);
    if (typeof additionalProperties === 'object') return this.#byLanguage(additionalProperties, random);
    if (properties) return this.#object(schema, properties, random);
    if (oneOf ?? anyOf) return this.value(random.pick((oneOf ?? anyOf)!), random, name);
    if (schema.type === 'array') {
      const length = random.between(schema.minItems ?? 0, (schema.minItems ?? 0) + 3);
      return Array.from({ length }, () => this.value(schema.items ?? {}, random));
    }
    return random.pick(this.#poolOf(schema));
  }

  /** Texts by language: of the hall, of others, and of none. */
  #byLanguage(text: Schema, random: Random): object {
    const languages = ['en', 'id', 'az', 'ru', 'tlh', 'EN', ''].filter(() => random.chance(0.3));
    return Object.fromEntries(['en', ...languages].map((language) => [language, this.value(text, random)]));
  }

  #object(schema: Schema, properties: Readonly<Record<string, Schema>>, random: Random): object {
    // One of several sets of required fields: the fields of the other sets are left out.
    const branches = (schema.oneOf ?? schema.anyOf ?? []).map(({ required = [] }) => required);
    const chosen = branches.length > 0 ? random.pick(branches) : [];
    const others = new Set(branches.flat().filter((field) => !chosen.includes(field)));
    const needed = new Set([...(schema.required ?? []), ...chosen]);
    const fields = Object.entries(properties).filter(
      ([field]) => needed.has(field) || (!others.has(field) && random.chance(0.4)),
    );
    return Object.fromEntries(fields.map(([field, one]) => [field, this.value(one, random, field)]));
  }

  #poolOf(schema: Schema): readonly unknown[] {
    const held = this.#pools.get(schema);
    if (held) return held;
    const check = checkOf(schema);
    const made = candidates(schema, this.#seed).filter((value) => check(value));
    if (made.length === 0) throw new Error(`no value is known for ${JSON.stringify(schema)}`);
    this.#pools.set(schema, made);
    return made;
  }
}

const candidates = (schema: Schema, seed: number): readonly unknown[] => {
  const { type, pattern, format, minimum = -1_000_000, maximum = 1_000_000 } = schema;
  if ('const' in schema) return [schema.const];
  if (schema.enum) return schema.enum;
  if (type === 'boolean') return [true, false];
  if (type === 'null') return [null];
  if (type === 'integer' || type === 'number') {
    const numbers = [minimum, maximum, minimum + 1, maximum - 1, Math.round((minimum + maximum) / 2), 0, 1, -0];
    return type === 'number' ? [...numbers, 0.1, minimum + 1e-9, 5e-324] : numbers;
  }
  const run = { numRuns: poolSize, seed };
  if (format === 'uuid') return fc.sample(fc.uuid(), run);
  if (format === 'date') return days;
  // What people type is described by classes of Unicode, of which fast-check makes no text; the hostile ones are many.
  if (!pattern || /\\p\{/.test(pattern)) return hostileTexts;
  return [...hostileTexts, ...fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), run)];
};

/** A version 4 UUID that follows from the seed. */
export const uuidOf = (random: Random): string => {
  const hex = Array.from({ length: 4 }, () => random.between(0, 0xffff_ffff).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};
