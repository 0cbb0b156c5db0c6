import type { TicketId } from '@antrean/shared/domain/ids.ts';
import type { FastifyRequest } from 'fastify';
import type { HttpPorts } from '../http/ports.ts';
import type { Printing } from './printing.ts';

/** The address of a ticket's own page as a phone opens it. */
export const linkOnPaper = (
  { links, printing }: Pick<HttpPorts, 'links' | 'printing'>,
  request: FastifyRequest,
  ticketId: TicketId,
): string => addressOnPaper(printing, request, `/v/${links.tokenOf(ticketId)}`);

/** A page of the installation at its public address, else at that at which the request itself came. */
export const addressOnPaper = (
  { publicUrl }: Pick<Printing, 'publicUrl'>,
  request: FastifyRequest,
  path: string,
): string => new URL(path, publicUrl ?? `${request.protocol}://${request.host}`).href;
