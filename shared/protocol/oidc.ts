import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';

/** Pages that somebody may be sent back to after signing in elsewhere. */
export const oidcPages = ['counter', 'manager'] as const;

/** How people sign in here, besides with a password. */
export const SignInWays = Type.Object(
  {
    oidc: Type.Union([Type.Object({ name: Type.String() }, { additionalProperties: false }), Type.Null()], {
      description: 'the place that vouches for people; null: none',
    }),
  },
  { additionalProperties: false },
);
export type SignInWays = Static<typeof SignInWays>;

export const StartOidcQuery = Type.Object(
  {
    page: Type.Enum([...oidcPages]),
    branch: Type.Optional(Type.String({ pattern: idPattern })),
    lang: Type.Optional(Type.String({ pattern: '^[A-Za-z-]{2,16}$' })),
  },
  { additionalProperties: false },
);

/** As the issuer sends it; what else it adds is its own matter. */
export const OidcCallbackQuery = Type.Object(
  {
    code: Type.Optional(Type.String({ maxLength: 4_000 })),
    state: Type.Optional(Type.String({ maxLength: 4_000 })),
    error: Type.Optional(Type.String({ maxLength: 4_000 })),
  },
  { additionalProperties: Type.String({ maxLength: 4_000 }) },
);

/** Why somebody who signed in elsewhere is not let in, as told to the page they came from. */
export const oidcRefusals = ['OIDC_AWAY', 'OIDC_REFUSED', 'OIDC_NO_ACCESS'] as const;
export type OidcRefusal = (typeof oidcRefusals)[number];
