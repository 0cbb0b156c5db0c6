import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { uuid } from './uuid.ts';

const strict = { additionalProperties: false };

export const PrintTicketBody = Type.Object(
  {
    commandId: uuid('made by the sender; the same id prints once, however often it comes'),
    printerId: Type.Optional(
      Type.String({
        pattern: idPattern,
        description: 'at which printer of the hall staff print; absent: its first. Kiosks have their own',
      }),
    ),
  },
  strict,
);

export const PrintedView = Type.Object(
  {
    commandId: uuid(),
    number: Type.String(),
    isCopy: Type.Boolean({ description: 'it is marked as a copy: the ticket was printed before' }),
    paper: Type.Enum(['ok', 'low', 'out'], { description: 'how much paper is left after it' }),
  },
  strict,
);
export type PrintedView = Static<typeof PrintedView>;

const link = Type.String({ maxLength: 100, description: 'of the ticket, as it was answered to whoever took it' });

export const TakePaperBody = Type.Object(
  { commandId: uuid('made by the sender; the same id is the same paper, however often it comes'), link },
  strict,
);
export type TakePaperBody = Static<typeof TakePaperBody>;

/** The paper of a ticket, for the kiosk that took it to print at its own USB. */
export const PaperBytesView = Type.Object(
  {
    commandId: uuid(),
    number: Type.String(),
    isCopy: Type.Boolean({ description: 'it is marked as a copy: the ticket may have been printed before' }),
    bytes: Type.String({ description: 'ESC/POS, in base64' }),
  },
  strict,
);
export type PaperBytesView = Static<typeof PaperBytesView>;

export const TellPaperBody = Type.Object(
  {
    commandId: uuid('that with which the paper was asked for'),
    link,
    cameOut: Type.Enum(['yes', 'no', 'unsure'], {
      description: '`yes`: the printer said so, `no`: surely not, `unsure`: it fell silent while it printed',
    }),
  },
  strict,
);
export type TellPaperBody = Static<typeof TellPaperBody>;

export const PaperToldView = Type.Object({ commandId: uuid() }, strict);

export const PaperQuery = Type.Object(
  { width: Type.Optional(Type.Enum(['58', '80'], { description: 'of the roll, mm; absent: 80' })) },
  strict,
);
