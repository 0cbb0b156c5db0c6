import { type Static, Type } from 'typebox';

/** What a visitor's page shows when it opens its socket. */
export const VisitHandshake = Type.Object(
  { link: Type.String({ maxLength: 100, description: 'of its ticket' }) },
  { additionalProperties: false },
);
/** There is something new on the page of a ticket: what, only the page says. */
export const VisitNudge = Type.Object(
  {
    version: Type.Integer({ description: 'a page of this version of its hall has it' }),
    withinMs: Type.Integer({ description: 'it may be looked at any moment until then, at random, ms; 0: at once' }),
  },
  { additionalProperties: false },
);
export type VisitNudge = Static<typeof VisitNudge>;

/** socket.io's types of what the server sends; a page sends nothing after its greeting (S13). */
export interface ServerToVisit {
  changed: (nudge: VisitNudge) => void;
  /** Nothing will become of the ticket any more. */
  ended: () => void;
}
