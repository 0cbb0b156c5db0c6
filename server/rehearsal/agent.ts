import { newCommandId } from '@antrean/shared/client/command-id.ts';
import type { AnsweredTicket, CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import type { CommandResult, HallApi } from './hall-api.ts';

/** An agent at a counter, acted for by a manager's account. */
export interface Desk {
  readonly api: HallApi;
  readonly counterId: string;
  /** Marks the counter as this agent's; nobody else's is touched. */
  readonly agentId: string;
}

type Act = 'call-next' | 'recall' | 'start' | 'finish' | 'miss' | 'pause' | 'resume' | 'close';

/** One act at the counter. Without an id of its own it is new, and still repeated as one until it is answered. */
export const act = (
  { api, counterId }: Desk,
  what: Act,
  body: object = {},
  id = newCommandId(),
): Promise<CommandResult> => api.command(`/counters/${counterId}/${what}`, id, body);

/**
 * Opens the counter, or finds it open from before for this very agent. An agent who was left at another counter by a run
 * that broke off is brought away from there first.
 *
 * @returns `open`, or the code of the refusal: somebody else is there, or the day is closed
 */
export const openDesk = async (desk: Desk): Promise<string> => {
  for (let tries = 1; ; tries += 1) {
    const result = await desk.api.command(`/counters/${desk.counterId}/open`, newCommandId(), {
      agentId: desk.agentId,
    });
    if (result.kind === 'done') return 'open';
    const { code, details } = result.problem;
    if (code === 'COUNTER_ALREADY_OPEN' && details?.agentId === desk.agentId) return 'open';
    if (code !== 'AGENT_AT_OTHER_COUNTER' || typeof details?.counterId !== 'string' || tries === 3) return code;
    await closeDesk({ ...desk, counterId: details.counterId });
  }
};

/** Brings the visit at the counter to an end, if there is one, and closes it. Never fails because it was closed. */
export const closeDesk = async (desk: Desk): Promise<void> => {
  for (let tries = 1; tries <= 3; tries += 1) {
    const result = await act(desk, 'close');
    if (result.kind === 'done' || result.problem.code !== 'COUNTER_BUSY') return;
    await endVisit(desk);
  }
};

export type Call =
  | { readonly kind: 'called'; readonly ticket: AnsweredTicket; readonly answer: CommandAnswer }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'refused'; readonly code: string };

/** Calls whoever is next. A visit that was left at the counter is ended first. */
export const callNext = async (desk: Desk, commandId = newCommandId()): Promise<Call> => {
  for (let tries = 1; ; tries += 1) {
    const result = await act(desk, 'call-next', {}, commandId);
    if (result.kind === 'done') {
      const { ticket } = result.answer;
      if (!ticket) throw new Error(`the answer to calling ${commandId} names no ticket`);
      return { kind: 'called', ticket, answer: result.answer };
    }
    const { code } = result.problem;
    if (code === 'LINE_EMPTY') return { kind: 'nobody' };
    if (code === 'COUNTER_BUSY' && tries === 1) await endVisit(desk);
    else if (code === 'COUNTER_PAUSED' && tries === 1) await act(desk, 'resume');
    else return { kind: 'refused', code };
  }
};

/** A hall may want the arrival confirmed before a visit can be finished; where it was, that is refused and no harm. */
const endVisit = async (desk: Desk): Promise<void> => {
  await act(desk, 'start');
  await act(desk, 'finish');
};
