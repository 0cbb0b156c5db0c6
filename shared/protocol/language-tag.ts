import { Type } from 'typebox';

/** The tag of a language, as `az` or `sr-Latn`. */
export const languageTag = Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 20 });
