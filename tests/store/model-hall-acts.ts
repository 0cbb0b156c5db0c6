import type { Expected, ModelCommand, ModelSetup, ModelTicket } from './model-types.ts';
import { isOver } from './model-undo.ts';

type Of<T extends ModelCommand['type']> = Extract<ModelCommand, { readonly type: T }>;

interface Hall {
  readonly date: string | null;
  readonly isOpen: boolean;
  readonly paused: Set<string>;
  hasMessage: boolean;
}

/** Numbers of a run end. */
export const voidRun = (tickets: readonly ModelTicket[], { prefix, from, to }: Of<'void-tickets'>): Expected => {
  const run = tickets.filter(({ number, status }) => {
    const value = Number(number.slice(prefix.length));
    return (
      ['waiting', 'held', 'parked', 'missed'].includes(status) &&
      number.startsWith(prefix) &&
      value >= from &&
      value <= to
    );
  });
  if (run.length === 0) return { refused: 'NOTHING_TO_VOID' };
  return {
    done: run.map((ticket) => {
      Object.assign(ticket, { status: 'cancelled', counterId: null });
      return `ticket.cancelled ${ticket.number}`;
    }),
  };
};

/** What is kept for an agent is another's, or everybody's. */
export const reassign = (tickets: readonly ModelTicket[], { agentId, toAgentId }: Of<'reassign-tickets'>): Expected => {
  const kept = tickets.filter((ticket) => !isOver(ticket) && ticket.keptFor?.who === `a:${agentId}`);
  if (kept.length === 0 || agentId === toAgentId) return { refused: 'NOTHING_TO_REASSIGN' };
  return {
    done: kept.map((ticket) => {
      ticket.keptFor = toAgentId ? { who: `a:${toAgentId}` } : null;
      if (ticket.status !== 'parked' || toAgentId) return `ticket.reassigned ${ticket.number}`;
      ticket.status = 'waiting';
      return `ticket.returned ${ticket.number}`;
    }),
  };
};

/** The sender is a manager, to whom a paused service still gives numbers. */
export const pauseService = (
  hall: Hall,
  setup: ModelSetup,
  { type, serviceId }: Of<'pause-service' | 'resume-service'>,
): Expected => {
  const isKnown = setup.services.has(serviceId);
  if (type === 'resume-service') {
    if (hall.paused.delete(serviceId)) return { done: [`service.resumed ${serviceId}`] };
    return { refused: isKnown ? 'SERVICE_NOT_PAUSED' : 'SERVICE_UNKNOWN' };
  }
  if (!hall.isOpen) return { refused: 'DAY_NOT_OPEN' };
  if (!isKnown) return { refused: 'SERVICE_UNKNOWN' };
  if (hall.paused.has(serviceId)) return { refused: 'SERVICE_PAUSED' };
  hall.paused.add(serviceId);
  return { done: [`service.paused ${serviceId}`] };
};

export const changeMessage = (hall: Hall, { type }: Of<'show-message' | 'hide-message'>): Expected => {
  if (type === 'show-message' && hall.date === null) return { refused: 'DAY_NOT_OPEN' };
  if (type === 'hide-message' && !hall.hasMessage) return { refused: 'NO_MESSAGE' };
  hall.hasMessage = type === 'show-message';
  return { done: [hall.hasMessage ? 'message.shown' : 'message.hidden'] };
};
