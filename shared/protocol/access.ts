import { type Static, Type } from 'typebox';

export const SignInBody = Type.Object(
  {
    // No control marks: Postgres cannot even be asked for a text with a NUL in it.
    login: Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);

/** Who is signed in. */
export const Me = Type.Object(
  {
    id: Type.String(),
    displayName: Type.String(),
    role: Type.Union([Type.Literal('agent'), Type.Literal('manager'), Type.Literal('administrator')]),
    branchId: Type.Union([Type.String(), Type.Null()], { description: 'the only branch of this account; null: all' }),
  },
  { additionalProperties: false },
);
export type Me = Static<typeof Me>;
