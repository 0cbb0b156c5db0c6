import { type Static, Type } from 'typebox';

const instant = (description: string) => Type.Integer({ description: `epoch ms: ${description}` });

/** The code of this minute, for a screen that shows it in the hall. */
export const JoiningCodeView = Type.Object(
  {
    at: instant("the server's clock"),
    code: Type.String({ description: 'put into the address `/join/BRANCH?code=CODE`' }),
    changesAt: instant('from then on there is another code'),
    goodUntil: instant('until then this one is taken'),
  },
  { additionalProperties: false },
);
export type JoiningCodeView = Static<typeof JoiningCodeView>;
