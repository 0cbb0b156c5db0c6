import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false };

/** What a kiosk speaks in one language where its browser has no voice of it (SPOKEN-2): recordings by the text they say. */
export const SpokenPack = Type.Object(
  {
    language: Type.String({ description: 'language tag' }),
    madeWith: Type.String(),
    clips: Type.Record(
      Type.String(),
      Type.Object(
        {
          file: Type.String({
            pattern: '^[a-f0-9]{12}\\.opus$',
            description: 'beside this list; named after what is in it',
          }),
          ms: Type.Integer({ minimum: 1, description: 'how long it is' }),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type SpokenPack = Static<typeof SpokenPack>;
