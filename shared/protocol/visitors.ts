import { type Static, Type } from 'typebox';
import { ExpectedWaitView } from './waits.ts';

const Texts = Type.Record(Type.String(), Type.String(), { description: 'a text by language tag' });

/** A link is not looked at before it is tried: one that is none is answered like one that has run out. */
export const VisitParams = Type.Object(
  { link: Type.String({ description: 'what was answered when the ticket was issued' }) },
  { additionalProperties: false },
);

/** What whoever has the link of a ticket sees: their own place, and nobody else's. */
export const VisitView = Type.Object(
  {
    at: Type.Integer({ description: 'epoch ms' }),
    hall: Texts,
    zone: Type.String({ description: 'IANA zone' }),
    languages: Type.Array(Type.String(), { description: 'of the hall, the first is the default' }),
    language: Type.String({ description: 'in which the ticket was taken' }),
    number: Type.String(),
    service: Type.Optional(Texts),
    status: Type.String({
      description: 'as of a ticket; `over`: its business day has ended; `withdrawn`: the staff cancelled it',
    }),
    recalls: Type.Optional(Type.Integer({ description: 'how often its call was repeated; absent: it is not called' })),
    ahead: Type.Optional(Type.Integer({ description: 'people before it in its line, while it waits' })),
    expected: Type.Optional(ExpectedWaitView),
    counter: Type.Optional(
      Type.Object(
        { number: Type.Integer(), area: Type.Optional(Texts) },
        { additionalProperties: false, description: 'where it was called to' },
      ),
    ),
    legs: Type.Optional(Type.Array(Texts, { description: 'services still to come, in order' })),
    mayLeave: Type.Boolean(),
    takeBackMs: Type.Optional(
      Type.Integer({ description: 'so long its visitor, who left, may still take that back, ms; absent: not' }),
    ),
    mayRejoin: Type.Boolean({ description: 'it was missed and may come back now' }),
    postponedUntil: Type.Optional(
      Type.Integer({ description: 'epoch ms: others go before it until then, as its visitor wished; absent: not' }),
    ),
    moreTime: Type.Optional(
      Type.Object(
        { minutes: Type.Integer(), left: Type.Integer({ description: 'how often it may be asked for in this visit' }) },
        {
          additionalProperties: false,
          description: 'for how long others may go before it now; absent: it does not wait, or the hall offers none',
        },
      ),
    ),
    survey: Type.Optional(
      Type.Enum(['stars', 'skm'], { description: 'what may be answered of it now; absent: nothing' }),
    ),
    contactUntil: Type.Optional(
      Type.Integer({
        description: 'epoch ms: a phone number may be left now, and would be kept until then; absent: none is taken',
      }),
    ),
  },
  { additionalProperties: false },
);
export type VisitView = Static<typeof VisitView>;
