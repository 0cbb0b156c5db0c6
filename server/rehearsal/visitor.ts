import type { CommandId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { AnsweredTicket } from '@antrean/shared/protocol/commands.ts';
import type { HallApi } from './hall-api.ts';

/** What somebody who comes into the hall wants. */
export interface Wish {
  readonly serviceId: string;
  readonly priority: string | null;
  readonly channel?: 'kiosk' | 'reception' | 'phone' | 'api';
  readonly language?: string;
}

export type Arrival =
  | { readonly kind: 'waiting'; readonly ticket: AnsweredTicket; readonly at: number }
  | { readonly kind: 'refused'; readonly code: string };

/** Takes a ticket. Its id follows from the command's, so that it is known before the answer. */
export const takeTicket = async (api: HallApi, commandId: CommandId, wish: Wish): Promise<Arrival> => {
  const { priority, ...rest } = wish;
  const result = await api.command('/tickets', commandId, { ...rest, ...(priority !== null && { priority }) });
  if (result.kind === 'refused') return { kind: 'refused', code: result.problem.code };
  const { ticket, at } = result.answer;
  if (!ticket) throw new Error(`the answer to issuing ${commandId} names no ticket`);
  return { kind: 'waiting', ticket, at };
};

/** Goes away. @returns the instant at which the ticket ended, epoch ms, or the refusal's code: it had ended before */
export const leave = async (api: HallApi, commandId: CommandId, ticketId: TicketId): Promise<number | string> => {
  const result = await api.command(`/tickets/${ticketId}/cancel`, commandId);
  return result.kind === 'done' ? result.answer.at : result.problem.code;
};
