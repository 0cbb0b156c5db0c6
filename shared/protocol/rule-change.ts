import { type Static, Type } from 'typebox';
import { Blueprint } from './blueprint.ts';

type OrNull<P extends Type.TProperties> = { [K in keyof P]: Type.TOptional<Type.TUnion<[P[K], Type.TNull]>> };

const orNull = <P extends Type.TProperties>(properties: P): OrNull<P> =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, Type.Optional(Type.Union([schema, Type.Null()]))]),
  ) as OrNull<P>;

const closed = { additionalProperties: false } as const;

/** Other rules for a hall, as its blueprint would have them: what is named holds instead, `null` takes a rule away. */
export const RuleChange = Type.Object(
  {
    rules: Type.Optional(
      Type.Object(orNull(Blueprint.properties.rules.properties), {
        ...closed,
        description: 'what is named here holds instead of the rule of the hall, null takes it away',
      }),
    ),
    priorities: Type.Optional(
      Type.Array(Type.Pick(Blueprint.properties.priorities.items, ['id', 'headStartMinutes'], closed), {
        maxItems: 50,
        description: 'other head starts of priority classes of the hall',
      }),
    ),
  },
  closed,
);
export type RuleChange = Static<typeof RuleChange>;
