import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchSetup, HallPrinter } from '@antrean/shared/domain/setup.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import type { FastifyRequest } from 'fastify';
import type { HttpPorts } from '../http/ports.ts';
import { standingOf } from '../http/ticket-standing.ts';
import { linkOnPaper } from './link-on-paper.ts';
import { ticketTexts } from './ticket-texts.ts';

interface Drawn {
  readonly hall: Hall;
  readonly setup: BranchSetup;
  readonly ticket: Ticket;
  readonly printer: HallPrinter;
  readonly isCopy: boolean;
}

/** What a printer is sent for a ticket as it stands now (ESC/POS). @returns why not, where it is not drawn */
export const drawPaper = async (
  ports: HttpPorts,
  request: FastifyRequest,
  { hall, setup, ticket, printer, isCopy }: Drawn,
): Promise<Uint8Array | 'PRINTER_UNDRAWN' | 'PRINTER_BUSY'> => {
  const standing = await standingOf(ports, hall, ticket);
  const texts = ticketTexts({ setup, ticket, ...standing, link: linkOnPaper(ports, request, ticket.id), isCopy });
  return ports.printing.drawing.draw({ kind: 'ticket', texts, paper: printer.paper, as: 'esc-pos' });
};
