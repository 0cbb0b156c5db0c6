import { type Static, Type } from 'typebox';

/** Six digits of the app, or a recovery code; spaces are left out. */
const FactorCode = Type.String({ minLength: 6, maxLength: 40, description: 'of the app, or a recovery code' });

const sealedText = Type.String({ minLength: 1, maxLength: 1_000, pattern: '^[A-Za-z0-9_-]+$' });

/** The password was right; a code of the account's app is needed, too. */
export const CodeNeeded = Type.Object(
  { halfway: Type.String({ description: 'to be sent together with the code, within five minutes' }) },
  { additionalProperties: false },
);
export type CodeNeeded = Static<typeof CodeNeeded>;

export const SignInCodeBody = Type.Object({ halfway: sealedText, code: FactorCode }, { additionalProperties: false });

const Password = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'the present one: whoever only found the browser open does not know it',
});

/** `code`: where there is a factor already, which is to be replaced. */
export const BeginFactorBody = Type.Object(
  { password: Password, code: Type.Optional(FactorCode) },
  { additionalProperties: false },
);

/** What an app needs to make codes; nothing is kept before one was right. */
export const FactorToConfirm = Type.Object(
  {
    secret: Type.String({ description: 'base32, to be typed where no picture can be taken' }),
    uri: Type.String({ description: '`otpauth://…`, the content of the QR code' }),
    pending: Type.String({ description: 'to be sent together with the first code, within 15 minutes' }),
  },
  { additionalProperties: false },
);
export type FactorToConfirm = Static<typeof FactorToConfirm>;

export const ConfirmFactorBody = Type.Object(
  { pending: sealedText, code: FactorCode },
  { additionalProperties: false },
);

/** Each is good once, instead of a code, and shown this once. */
export const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String()) }, { additionalProperties: false });
export type RecoveryCodes = Static<typeof RecoveryCodes>;

/** What only the owner of an account has: its password, and a code of its second factor. */
export const ProveOwnerBody = Type.Object({ password: Password, code: FactorCode }, { additionalProperties: false });
export type ProveOwnerBody = Static<typeof ProveOwnerBody>;

/** How it stands with one's own second factor. */
export const OwnFactor = Type.Object(
  {
    isOn: Type.Boolean(),
    isRequired: Type.Boolean({ description: 'it may be replaced, and not be turned off' }),
    isElsewhere: Type.Boolean({ description: 'whoever vouches for the account asks: there is none here' }),
    since: Type.Union([Type.Integer(), Type.Null()], { description: 'epoch ms; null: there is none' }),
    recoveryCodesLeft: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type OwnFactor = Static<typeof OwnFactor>;
