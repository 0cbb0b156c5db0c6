import type { TicketId } from '@antrean/shared/domain/ids.ts';
import type { FastifyRequest } from 'fastify';
import type { HttpPorts } from '../http/ports.ts';

/** The address of a ticket's own page as a phone opens it: the public one, else that at which the kiosk itself came. */
export const linkOnPaper = (
  { links, printing }: Pick<HttpPorts, 'links' | 'printing'>,
  request: FastifyRequest,
  ticketId: TicketId,
): string =>
  new URL(`/v/${links.tokenOf(ticketId)}`, printing.publicUrl ?? `${request.protocol}://${request.host}`).href;
