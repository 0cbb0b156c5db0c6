import type { Command, CommandType } from './commands.ts';
import { addLeg } from './decide/add-leg.ts';
import { callNext } from './decide/call-next.ts';
import { callTicket } from './decide/call-ticket.ts';
import { cancelTicket } from './decide/cancel-ticket.ts';
import { changePriority } from './decide/change-priority.ts';
import { changeSetup } from './decide/change-setup.ts';
import { closeCounter } from './decide/close-counter.ts';
import { closeDay } from './decide/close-day.ts';
import type { Decider } from './decide/decider.ts';
import { endMissed } from './decide/end-missed.ts';
import { finish } from './decide/finish.ts';
import { hideMessage } from './decide/hide-message.ts';
import { holdTicket } from './decide/hold-ticket.ts';
import { issueTicket } from './decide/issue-ticket.ts';
import { miss } from './decide/miss.ts';
import { noteTicket } from './decide/note-ticket.ts';
import { openCounter } from './decide/open-counter.ts';
import { openDay } from './decide/open-day.ts';
import { park } from './decide/park.ts';
import { pauseCounter } from './decide/pause-counter.ts';
import { pauseService } from './decide/pause-service.ts';
import { reassignTickets } from './decide/reassign-tickets.ts';
import { postponeTicket } from './decide/postpone-ticket.ts';
import { recall } from './decide/recall.ts';
import { rejoinTicket } from './decide/rejoin-ticket.ts';
import { resumeCounter } from './decide/resume-counter.ts';
import { resumeService } from './decide/resume-service.ts';
import { resumeTicket } from './decide/resume-ticket.ts';
import { returnTicket } from './decide/return-ticket.ts';
import { runTimers } from './decide/run-timers.ts';
import { showMessage } from './decide/show-message.ts';
import { start } from './decide/start.ts';
import { takeBackTicket } from './decide/take-back-ticket.ts';
import { transferTicket } from './decide/transfer-ticket.ts';
import { undo } from './decide/undo.ts';
import { voidTickets } from './decide/void-tickets.ts';
import type { Hall } from './hall.ts';
import type { Decision } from './refusal.ts';
import type { BranchSetup } from './setup.ts';

/** Every command of the domain and the one place that decides it. */
const deciders: { readonly [T in CommandType]: Decider<T> } = {
  'open-day': openDay,
  'close-day': closeDay,
  'open-counter': openCounter,
  'pause-counter': pauseCounter,
  'resume-counter': resumeCounter,
  'close-counter': closeCounter,
  'pause-service': pauseService,
  'resume-service': resumeService,
  'show-message': showMessage,
  'hide-message': hideMessage,
  'issue-ticket': issueTicket,
  'call-next': callNext,
  'call-ticket': callTicket,
  recall,
  start,
  finish,
  miss,
  'hold-ticket': holdTicket,
  'postpone-ticket': postponeTicket,
  'return-ticket': returnTicket,
  park,
  'resume-ticket': resumeTicket,
  'transfer-ticket': transferTicket,
  'add-leg': addLeg,
  'rejoin-ticket': rejoinTicket,
  'end-missed': endMissed,
  'note-ticket': noteTicket,
  'change-priority': changePriority,
  undo,
  'void-tickets': voidTickets,
  'reassign-tickets': reassignTickets,
  'cancel-ticket': cancelTicket,
  'take-back-ticket': takeBackTicket,
  'run-timers': runTimers,
  'change-setup': changeSetup,
};

/**
 * What a command leads to: events or a refusal, never an exception, never a change. `now` is epoch ms of the
 * database's clock and never before the hall's last event (TIME-1).
 */
export const decide = (hall: Hall, setup: BranchSetup, command: Command, now: number): Decision => {
  const decider = deciders[command.type] as Decider<CommandType>;
  return decider(hall, setup, command, Math.max(now, hall.lastAt));
};
