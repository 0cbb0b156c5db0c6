import { type Static, Type } from 'typebox';
import { LegsView } from './commands.ts';
import { ExpectedWaitView } from './waits.ts';

/** What a visitor may know of a ticket. */
export const TicketView = Type.Object(
  {
    id: Type.String(),
    number: Type.String(),
    serviceId: Type.String(),
    status: Type.String(),
    priority: Type.Optional(Type.String({ description: 'the class of its visitor; absent: none' })),
    ahead: Type.Optional(Type.Integer({ description: 'people before it in its line, while it waits' })),
    expected: Type.Optional(ExpectedWaitView),
    legs: Type.Optional(LegsView),
    counterId: Type.Optional(Type.String({ description: 'where it was called to' })),
  },
  { additionalProperties: false },
);
export type TicketView = Static<typeof TicketView>;
