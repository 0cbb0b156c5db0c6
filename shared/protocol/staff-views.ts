import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { CallReasonView } from './call-reason.ts';

const strict = { additionalProperties: false };

/** Whom a counter would call next, one after another, if nothing else happened (NEXT-1). */
export const NextView = Type.Object(
  {
    version: Type.Integer({ description: "the branch's version it was reckoned at" }),
    next: Type.Array(
      Type.Object(
        {
          ticketId: Type.String(),
          number: Type.String(),
          serviceId: Type.String(),
          priority: Type.Union([Type.String(), Type.Null()]),
          queuedAt: Type.Integer({ description: 'epoch ms' }),
          why: CallReasonView,
        },
        strict,
      ),
      { description: 'at most five' },
    ),
  },
  strict,
);
export type NextView = Static<typeof NextView>;

/** A run of numbers in an address: `A010-19` is A010 to A019. */
export const RunParams = Type.Object(
  {
    branchId: Type.String({ pattern: idPattern }),
    run: Type.String({
      pattern: '^[A-HJ-NPR-Z]{1,2}[0-9]{1,5}-[0-9]{1,5}$',
      description: 'letters, first and last number, such as `A010-019`',
    }),
  },
  strict,
);

/** A ticket's number in an address, as people type it. */
export const NumberParams = Type.Object(
  {
    branchId: Type.String({ pattern: idPattern }),
    number: Type.String({
      pattern: '^[A-HJ-NPR-Za-hj-npr-z]{1,2}[0-9]{1,5}$',
      description: 'letters and number, such as `A012` or `a12`',
    }),
  },
  strict,
);

/** The ticket that has a number on this business day. */
export const FoundTicketView = Type.Object({ id: Type.String(), number: Type.String() }, strict);
export type FoundTicketView = Static<typeof FoundTicketView>;

/** The open tickets of a run that are not at a counter, by number. */
export const NumbersView = Type.Object({ numbers: Type.Array(Type.String()) }, strict);
export type NumbersView = Static<typeof NumbersView>;

/** For whom tickets are kept. */
export const KeptView = Type.Array(Type.Object({ agentId: Type.String(), numbers: Type.Array(Type.String()) }, strict));
export type KeptView = Static<typeof KeptView>;

/** How many tickets people take by themselves, against what is usual at this time of the day (DEVICE-7). */
export const IssuingView = Type.Object(
  {
    at: Type.Integer({ description: 'epoch ms' }),
    lastQuarter: Type.Integer({ minimum: 0, description: 'issued in the last quarter of an hour' }),
    usual: Type.Union([Type.Number({ minimum: 0 }), Type.Null()], {
      description: 'usually issued in a quarter of an hour at this time; `null`: too few days are known',
    }),
    isUnusual: Type.Boolean({ description: 'more than three times the usual, and 20 at least' }),
  },
  { additionalProperties: false },
);
export type IssuingView = Static<typeof IssuingView>;
