import type { Ticket } from '../ticket.ts';
import type { Step } from './plan-day.ts';
import type { Asked } from './what-if-hall.ts';

/** The command that makes a step happen again, wherever the ticket stands here; `null` when it stands at no counter. */
export const commandOf = (step: Step, { id: ticketId, counterId }: Ticket): Asked | null => {
  switch (step.type) {
    case 'recalled':
      return counterId && { type: 'recall', counterId };
    case 'started':
      return counterId && { type: 'start', counterId };
    case 'finished':
    case 'went-on': {
      const { outcome, quantity } = step.data;
      return counterId && { type: 'finish', counterId, outcome, ...(quantity !== undefined && { quantity }) };
    }
    case 'missed':
      return counterId && { type: 'miss', counterId };
    case 'parked':
      return counterId && { type: 'park', counterId };
    case 'held':
      if (step.data.byVisitor) return { type: 'postpone-ticket', ticketId };
      // How long it is held is said by when it came back; the minutes are only what was told.
      return { type: 'hold-ticket', ticketId, reason: step.data.reason, minutes: 1 };
    case 'returned':
      return { type: 'return-ticket', ticketId };
    case 'transferred': {
      const { toServiceId, reservedFor, note, backTo } = step.data;
      return {
        type: 'transfer-ticket',
        ticketId,
        serviceId: toServiceId,
        reservedFor,
        note,
        comesBack: backTo !== null,
      };
    }
    case 'leg-added':
      return { type: 'add-leg', ticketId, serviceId: step.data.legServiceId };
    case 'reclassed':
      return { type: 'change-priority', ticketId, priority: step.data.priority };
    case 'rejoined':
      return { type: 'rejoin-ticket', ticketId };
    case 'cancelled':
      return { type: 'cancel-ticket', ticketId };
    case 'no-showed':
      return { type: 'end-missed', ticketId };
    case 'called':
    case 'resumed':
      // Up to the rules, and to an agent who is free.
      return null;
  }
};
