import type { CommandType } from '@antrean/shared/domain/commands.ts';
import type { EventType } from '@antrean/shared/domain/events.ts';

// Total tables, so that a new kind does not compile until it is here, and does not pass until `HallLife` asks for it.

const commands: Readonly<Record<CommandType, true>> = {
  'open-day': true,
  'close-day': true,
  'open-counter': true,
  'pause-counter': true,
  'resume-counter': true,
  'close-counter': true,
  'issue-ticket': true,
  'call-next': true,
  'call-ticket': true,
  recall: true,
  start: true,
  finish: true,
  miss: true,
  'hold-ticket': true,
  'postpone-ticket': true,
  'return-ticket': true,
  park: true,
  'resume-ticket': true,
  'transfer-ticket': true,
  'add-leg': true,
  'rejoin-ticket': true,
  'end-missed': true,
  'cancel-ticket': true,
  'take-back-ticket': true,
  'note-ticket': true,
  undo: true,
  'void-tickets': true,
  'reassign-tickets': true,
  'run-timers': true,
  'change-setup': true,
};

const events: Readonly<Record<EventType, true>> = {
  'day.opened': true,
  'day.closed': true,
  'counter.opened': true,
  'counter.paused': true,
  'counter.resumed': true,
  'counter.closed': true,
  'ticket.issued': true,
  'ticket.called': true,
  'ticket.recalled': true,
  'ticket.started': true,
  'ticket.finished': true,
  'ticket.went-on': true,
  'ticket.held': true,
  'ticket.returned': true,
  'ticket.parked': true,
  'ticket.resumed': true,
  'ticket.transferred': true,
  'ticket.leg-added': true,
  'ticket.rejoined': true,
  'ticket.noted': true,
  'ticket.reassigned': true,
  'ticket.undone': true,
  'ticket.missed': true,
  'ticket.cancelled': true,
  'ticket.no-showed': true,
  'setup.changed': true,
};

export const commandKinds: readonly string[] = Object.keys(commands);
export const eventKinds: readonly string[] = Object.keys(events);
