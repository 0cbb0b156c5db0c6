import { type Static, Type } from 'typebox';
import { phoneMaxLength, phonePattern } from '../domain/phone.ts';
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
    status: Type.String({ description: 'as of a ticket; `over`: its business day has ended' }),
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
    mayRejoin: Type.Boolean({ description: 'it was missed and may come back now' }),
    contactUntil: Type.Optional(
      Type.Integer({
        description: 'epoch ms: a phone number may be left now, and would be kept until then; absent: none is taken',
      }),
    ),
  },
  { additionalProperties: false },
);
export type VisitView = Static<typeof VisitView>;

const phone = Type.String({
  pattern: phonePattern,
  maxLength: phoneMaxLength,
  description: 'with `+` and the code of the country',
});

/** A visitor says where they can be reached, and that they agree to it being kept. */
export const GiveContactBody = Type.Object(
  { phone, consent: Type.Literal(true, { description: 'the visitor was told what it is for and for how long' }) },
  { additionalProperties: false },
);

/** Whose data somebody asks for: by the number they give. */
export const ContactsOfBody = Type.Object({ phone }, { additionalProperties: false });

/** All that is kept of a visitor's person. */
export const ContactView = Type.Object(
  {
    ticketId: Type.String(),
    phone: Type.String(),
    language: Type.String(),
    consentAt: Type.Integer({ description: 'epoch ms' }),
    eraseAfter: Type.Integer({ description: 'epoch ms: deleted then, whatever else happens' }),
  },
  { additionalProperties: false },
);
export type ContactView = Static<typeof ContactView>;

export const ContactsView = Type.Object({ contacts: Type.Array(ContactView) }, { additionalProperties: false });

export const ErasedView = Type.Object(
  { erased: Type.Integer({ description: 'so many tickets had it' }) },
  { additionalProperties: false },
);
