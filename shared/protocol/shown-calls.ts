import { type Static, Type } from 'typebox';
import { recentCallsKept } from '../domain/recent-calls-kept.ts';
import { idPattern } from '../domain/ids.ts';

const strict = { additionalProperties: false };
const id = Type.String({ pattern: idPattern });
const instant = Type.Integer({ description: 'epoch ms' });

/** What a lobby TV says of itself: of which counters it shows calls, and which of those on the board it has shown (SHOW-9). */
export const TvState = Type.Object(
  {
    counterIds: Type.Union([Type.Array(id, { maxItems: 100 }), Type.Null()], { description: 'null: of all' }),
    calls: Type.Array(
      Type.Object(
        {
          ticketId: id,
          calledAt: instant,
          isAnnounced: Type.Boolean({ description: 'its sound has begun, and the browser lets it be heard' }),
        },
        strict,
      ),
      { maxItems: recentCallsKept },
    ),
  },
  strict,
);
export type TvState = Static<typeof TvState>;

/** Of how many lobby TVs that follow this counter the call was shown, and announced. */
const ShownCall = Type.Object(
  {
    ticketId: id,
    calledAt: instant,
    shown: Type.Integer({ minimum: 0 }),
    announced: Type.Integer({ minimum: 0 }),
    of: Type.Integer({ minimum: 0 }),
  },
  strict,
);
export type ShownCall = Static<typeof ShownCall>;

/** The calls on the board, as one node tells the others of the TVs that follow there. */
export const ShownCalls = Type.Array(ShownCall, { maxItems: recentCallsKept });
