import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { CallReasonView } from './call-reason.ts';
import { languageTag } from './language-tag.ts';
import { ShortText } from './short-text.ts';
import { uuid } from './uuid.ts';

/** What every HTTP command carries. The sender makes the id and repeats it when an answer was lost (SAME-1). */
const commandId = uuid(
  'made by the sender, best a version 7 UUID: the store is faster with ids in the order of time; the same id always ' +
    'gets the same answer, that of the first command it was sent with',
);
const id = Type.String({ pattern: idPattern });
/** Letters and digits of any script, at most one space or mark between two of them. */
const documentPattern = '^[\\p{L}\\p{N}]([ ./№-]?[\\p{L}\\p{N}]){2,63}$';
const body = <P extends Record<string, Type.TSchema>>(properties: P, more: Type.TSchemaOptions = {}) =>
  Type.Object({ commandId, ...properties }, { additionalProperties: false, ...more });

export const BranchParams = Type.Object({ branchId: id }, { additionalProperties: false });
export const CounterParams = Type.Object({ branchId: id, counterId: id }, { additionalProperties: false });
export const ServiceParams = Type.Object({ branchId: id, serviceId: id }, { additionalProperties: false });
export const TicketParams = Type.Object({ branchId: id, ticketId: uuid() }, { additionalProperties: false });

/** A command that says all in its address. */
export const PlainBody = body({});
export const OpenDayBody = body({
  date: Type.Optional(
    Type.String({ format: 'date', description: "absent: today, by the branch's zone and the hour its day starts" }),
  ),
});
export const OpenCounterBody = body({
  agentId: Type.Optional(Type.String({ pattern: idPattern, description: 'absent: the agent who is signed in' })),
  takeOverFrom: Type.Optional(
    Type.String({ pattern: idPattern, description: 'the agent who has it open and is to leave it to this one' }),
  ),
  moveFrom: Type.Optional(
    Type.String({ pattern: idPattern, description: 'the counter that the agent has open, and leaves for this one' }),
  ),
});
export const PauseCounterBody = body({ reason: ShortText });
export const PauseServiceBody = body({ reason: ShortText });
export const ShowMessageBody = body({
  texts: Type.Record(languageTag, ShortText, {
    minProperties: 1,
    maxProperties: 8,
    description: 'by language of the hall; no names or numbers of people',
  }),
  minutes: Type.Integer({ minimum: 1, maximum: 720, description: 'so long it is shown' }),
});
export const ChangePriorityBody = body({
  priority: Type.Optional(Type.String({ pattern: idPattern, description: 'a class of the hall; absent: none' })),
});
export const IssueTicketBody = body(
  {
    serviceId: Type.Optional(id),
    journeyId: Type.Optional(
      Type.String({ pattern: idPattern, description: 'a journey of several services; either this or `serviceId`' }),
    ),
    priority: Type.Optional(id),
    channel: Type.Optional(
      Type.Union([Type.Literal('kiosk'), Type.Literal('reception'), Type.Literal('phone'), Type.Literal('api')]),
    ),
    language: Type.Optional(languageTag),
    bookedFor: Type.Optional(
      Type.Integer({
        minimum: 0,
        // The end of the year 9999.
        maximum: 253_402_300_799_999,
        description:
          "the hour of the visitor's appointment, epoch ms: it is checked in by staff, within the hall's window",
      }),
    ),
    holderId: Type.Optional(
      Type.String({
        minLength: 3,
        maxLength: 64,
        pattern: documentPattern,
        description:
          "the number of the visitor's document, for a service that gives one ticket a person (`onePerHolder`): turned into a " +
          'code before anything else is done with it, kept nowhere, never in an answer',
      }),
    ),
  },
  { oneOf: [{ required: ['serviceId'] }, { required: ['journeyId'] }] },
);
export const CallTicketBody = body({
  ticketId: uuid(),
  reason: Type.Optional({ ...ShortText, description: 'why out of turn; needed unless it is the one who is next' }),
});
export const FinishBody = body({
  outcome: Type.Optional(ShortText),
  quantity: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 999,
      description: 'how many of the same were done for this visitor; absent: 1',
    }),
  ),
});
export const HoldTicketBody = body({
  reason: ShortText,
  minutes: Type.Integer({ minimum: 1, maximum: 240, description: 'after so long it comes back by itself' }),
});
export const ResumeTicketBody = body({ ticketId: uuid() });
export const TransferTicketBody = body({
  serviceId: Type.Optional(Type.String({ pattern: idPattern, description: 'absent: the same service' })),
  keptFor: Type.Optional(
    Type.Union(
      [
        Type.Object({ counterId: id }, { additionalProperties: false }),
        Type.Object({ agentId: id }, { additionalProperties: false }),
      ],
      { description: 'absent: whoever serves the service' },
    ),
  ),
  note: Type.Optional(ShortText),
  comesBack: Type.Optional(Type.Boolean({ description: 'true: it comes back to the agent who sends it' })),
});
export const AddLegBody = body({ serviceId: id });
export const NoteTicketBody = body({
  note: Type.Optional(
    Type.String({ ...ShortText, description: 'no names or numbers of people; absent: the note is taken away' }),
  ),
});
const count = (description: string) => Type.Integer({ minimum: 1, maximum: 99_999, description });
export const VoidTicketsBody = body({
  prefix: Type.String({ pattern: '^[A-HJ-NPR-Z]{1,2}$', description: 'the letters of the numbers' }),
  from: count('the first number, without its letters'),
  to: count('the last number, included'),
});
export const ReassignTicketsBody = body({
  agentId: Type.String({ pattern: idPattern, description: 'whom the tickets are kept for now' }),
  toAgentId: Type.Optional(Type.String({ pattern: idPattern, description: 'absent: whoever serves the service' })),
});

/** Services that a visit still has before it, in order. */
export const LegsView = Type.Array(
  Type.Object(
    {
      serviceId: Type.String(),
      step: Type.Optional(
        Type.Integer({ description: 'of a journey: those of one step come in any order, the shortest wait first' }),
      ),
    },
    { additionalProperties: false },
  ),
  { description: 'services still before the visit after the present one; absent: none' },
);

/** The ticket a command was about, as it stands right after. Instants are epoch ms. */
export const AnsweredTicket = Type.Object(
  {
    id: Type.String(),
    number: Type.String(),
    serviceId: Type.String(),
    status: Type.String(),
    counterId: Type.Optional(Type.String()),
    ahead: Type.Optional(Type.Integer({ description: 'people waiting in the line when the ticket joined it' })),
    waitedMs: Type.Optional(Type.Integer()),
    legs: Type.Optional(LegsView),
    until: Type.Optional(Type.Integer({ description: 'when a held ticket comes back by itself, epoch ms' })),
    place: Type.Optional(
      Type.String({
        description:
          '`kept` or `end`: where a visitor who came back stands; `booked` or `walk-in`: whether an appointment counts from ' +
          'its hour, or came too late for that and counts from now',
      }),
    ),
    why: Type.Optional(CallReasonView),
  },
  { additionalProperties: false },
);

/** What a command did, the same each time the command is sent. */
export const CommandAnswer = Type.Object(
  {
    commandId: Type.String(),
    version: Type.Integer({ description: "the branch's version after the command" }),
    at: Type.Integer({ description: 'epoch ms' }),
    ticket: Type.Optional(AnsweredTicket),
    finished: Type.Optional(AnsweredTicket),
    numbers: Type.Optional(Type.Array(Type.String(), { description: 'all tickets it moved, where it was several' })),
    link: Type.Optional(
      Type.String({
        description:
          'of a ticket that was issued: opens its page at `/v/LINK`, for whoever has it; told to the sender and to nobody else',
      }),
    ),
  },
  { additionalProperties: false },
);
export type CommandAnswer = Static<typeof CommandAnswer>;
export type AnsweredTicket = Static<typeof AnsweredTicket>;
