import { type Static, Type } from 'typebox';
import { phoneMaxLength, phonePattern } from '../domain/phone.ts';
import { ShortText } from './short-text.ts';
import { uuid } from './uuid.ts';

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

/** Why staff look into it or delete it: the audit trail keeps that for ever, so it must name nobody. */
const reason = Type.String({ ...ShortText, description: 'goes into the audit trail; without numbers of people' });
const oneOfTwo = { additionalProperties: false, minProperties: 2, maxProperties: 2 };

/** Whose data somebody asks for: by the phone number they give, or by that of the ticket; one of the two. */
export const FindContactsBody = Type.Object(
  {
    phone: Type.Optional(phone),
    number: Type.Optional(Type.String({ ...ShortText, maxLength: 20, description: 'of a ticket, as people read it' })),
    reason,
  },
  oneOfTwo,
);
export type FindContactsBody = Static<typeof FindContactsBody>;

/** Whose data is to be deleted: all with a phone number, or that of one ticket. */
export const EraseContactsBody = Type.Object(
  { phone: Type.Optional(phone), ticketId: Type.Optional(uuid()), reason },
  oneOfTwo,
);
export type EraseContactsBody = Static<typeof EraseContactsBody>;

/** All that is kept of a visitor's person. */
export const ContactView = Type.Object(
  {
    ticketId: Type.String(),
    number: Type.String({ description: 'of the ticket' }),
    phone: Type.String(),
    language: Type.String(),
    consentAt: Type.Integer({ description: 'epoch ms' }),
    eraseAfter: Type.Integer({ description: 'epoch ms: deleted then, whatever else happens' }),
  },
  { additionalProperties: false },
);
export type ContactView = Static<typeof ContactView>;

const instantOrNull = Type.Union([Type.Integer(), Type.Null()], { description: 'epoch ms; null: nothing is kept' });

/** How much a hall keeps of persons, without telling of whom. */
export const KeptContacts = Type.Object(
  {
    kept: Type.Integer({ minimum: 0, description: 'phone numbers' }),
    firstErasedAt: instantOrNull,
    lastErasedAt: instantOrNull,
    contactHours: Type.Union([Type.Number(), Type.Null()], {
      description: 'how long after the business day a number stays; null: none is taken',
    }),
  },
  { additionalProperties: false },
);
export type KeptContacts = Static<typeof KeptContacts>;

export const ContactsView = Type.Object({ contacts: Type.Array(ContactView) }, { additionalProperties: false });
export type ContactsView = Static<typeof ContactsView>;

export const ErasedView = Type.Object(
  { erased: Type.Integer({ description: 'so many tickets had it' }) },
  { additionalProperties: false },
);
