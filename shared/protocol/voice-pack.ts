import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false };

const Pieces = Type.Array(Type.String({ minLength: 1 }), {
  minItems: 1,
  description: 'ids of clips; `{ticket}` and `{counter}` for the numbers; `,` for a moment of silence',
});

/** What is spoken in one language (VOICE-1): the clips of which every call is put together. */
export const VoicePack = Type.Object(
  {
    language: Type.String({ description: 'language tag' }),
    madeWith: Type.String(),
    call: Pieces,
    brief: Pieces,
    clips: Type.Record(
      Type.String(),
      Type.Object(
        {
          file: Type.String({
            pattern: '^[a-z0-9-]+\\.mp3$',
            description: 'beside this list; named after what is in it',
          }),
          words: Type.String({ minLength: 1 }),
          ms: Type.Integer({ minimum: 1, description: 'how long it is' }),
          sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        },
        strict,
      ),
      {
        description:
          '`n0` to `n99`, `h1` to `h9` for 100 to 900, `letter-A` and so on, and the phrases of the language',
      },
    ),
  },
  strict,
);
export type VoicePack = Static<typeof VoicePack>;
