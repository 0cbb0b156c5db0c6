import { type Static, Type } from 'typebox';

/** Every answer that is not a success: a stable code for programs, a sentence for people. */
export const Problem = Type.Object(
  {
    code: Type.String({ description: 'stable, for programs' }),
    message: Type.String({ description: 'a sentence that says what to do, in the language asked for' }),
    details: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'ids, states, places' })),
  },
  { additionalProperties: false },
);
export type Problem = Static<typeof Problem>;
