import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { staffRoles } from '../domain/permissions.ts';
import { ShortText } from './short-text.ts';

export const SignInBody = Type.Object(
  {
    // No control marks: Postgres cannot even be asked for a text with a NUL in it.
    login: Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);

const StaffRole = Type.Enum([...staffRoles]);
const Id = Type.String({ pattern: idPattern });
const OnlyBranch = Type.Union([Id, Type.Null()], {
  description: 'the only branch of this account; null: all',
});
const OnlyAgency = Type.Union([Id, Type.Null()], {
  description: 'the only agency of that branch this account is for; null: all',
});

/** Who is signed in. */
export const Me = Type.Object(
  {
    id: Type.String(),
    displayName: Type.String(),
    role: StaffRole,
    branchId: OnlyBranch,
    agencyId: OnlyAgency,
    mustChangePassword: Type.Boolean({ description: 'until then nothing else is allowed' }),
    secondFactor: Type.Enum(['on', 'off', 'needed', 'elsewhere'], {
      description:
        'needed: nothing else is allowed until it is set up; elsewhere: whoever vouches for the account asks',
    }),
  },
  { additionalProperties: false },
);
export type Me = Static<typeof Me>;

/** 12 characters or more; the server also refuses what is easily guessed. */
export const NewPassword = Type.String({ minLength: 12, maxLength: 200 });

export const ChangePasswordBody = Type.Object(
  { current: Type.String({ minLength: 1, maxLength: 200 }), password: NewPassword },
  { additionalProperties: false },
);

const instant = Type.Integer({ description: 'epoch ms' });

/** A session of somebody's; `id` is no secret and opens nothing. */
export const SessionView = Type.Object(
  {
    id: Type.String(),
    begunAt: instant,
    seenAt: instant,
    address: Type.String({ description: 'where it began' }),
    browser: Type.String({ description: 'what it began with, as that calls itself' }),
    isThis: Type.Boolean({ description: 'the one that asks' }),
  },
  { additionalProperties: false },
);
export const SessionsView = Type.Array(SessionView);
export type SessionsView = Static<typeof SessionsView>;

/** An account as administrators see it. */
export const StaffAccount = Type.Object(
  {
    id: Type.String(),
    login: Type.String(),
    displayName: Type.String(),
    role: StaffRole,
    branchId: OnlyBranch,
    agencyId: OnlyAgency,
    isDisabled: Type.Boolean(),
    mustChangePassword: Type.Boolean(),
    hasSecondFactor: Type.Boolean(),
    isFromOutside: Type.Boolean({ description: 'has no password here: signs in by way of another place' }),
    sessions: Type.Integer({ minimum: 0, description: 'how many are open' }),
  },
  { additionalProperties: false },
);
export type StaffAccount = Static<typeof StaffAccount>;
export const StaffAccounts = Type.Array(StaffAccount);

/** A login is the id of its account, too. */
const Login = Type.String({ pattern: idPattern });

export const StaffParams = Type.Object({ staffId: Login }, { additionalProperties: false });

export const AddStaffBody = Type.Object(
  { login: Login, displayName: ShortText, role: StaffRole, branchId: OnlyBranch, agencyId: Type.Optional(OnlyAgency) },
  { additionalProperties: false },
);

export const ChangeStaffBody = Type.Object(
  {
    displayName: Type.Optional(ShortText),
    role: Type.Optional(StaffRole),
    branchId: Type.Optional(OnlyBranch),
    agencyId: Type.Optional(OnlyAgency),
    isDisabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1 },
);

/** An account with the password made for it, which is shown this once. */
export const MadeAccount = Type.Object(
  { account: StaffAccount, password: Type.String() },
  { additionalProperties: false },
);

/** Whether this installation has nobody yet who may sign in. */
export const SetUpState = Type.Object({ isNeeded: Type.Boolean() }, { additionalProperties: false });
export type SetUpState = Static<typeof SetUpState>;

export const SetUpBody = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 40 }), login: Login, displayName: ShortText, password: NewPassword },
  { additionalProperties: false },
);
