import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';

/** An id, after `counter-` where it is a counter's. */
const placePattern = `^(counter-)?${idPattern.slice(1)}`;

const strict = { additionalProperties: false };
const instant = Type.Integer({ description: 'epoch ms' });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** How the call of a kiosk stands (HELP-1). */
export const HelpView = Type.Object({ calledAt: instant, answeredAt: OrNull(instant) }, strict);
export type HelpView = Static<typeof HelpView>;

/** The kiosks that call staff, and the counters that call colleagues (HELP-3); the longest first. */
export const HelpCalls = Type.Object(
  {
    at: instant,
    calls: Type.Array(
      Type.Object(
        {
          place: Type.String({
            description: 'id of the kiosk; `open`: some screen that was not let in; `counter-` and its id: a counter',
          }),
          name: OrNull(Type.String()),
          area: OrNull(Type.String({ description: 'where it stands' })),
          calledAt: instant,
          calledBy: OrNull(Type.String({ description: 'who called from a counter, by the name they sign in with' })),
          answeredBy: OrNull(Type.String({ description: 'who goes there' })),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type HelpCalls = Static<typeof HelpCalls>;

export const HelpParams = Type.Object(
  { branchId: Type.String({ pattern: idPattern }), place: Type.String({ pattern: placePattern }) },
  strict,
);
