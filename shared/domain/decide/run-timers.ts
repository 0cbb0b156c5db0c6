import type { NewEvent } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { type Timer, timersOf } from '../timers.ts';
import type { Decider } from './decider.ts';
import { endMissed } from './end-missed.ts';
import { hideMessage } from './hide-message.ts';
import { miss } from './miss.ts';
import { recall } from './recall.ts';
import { returnTicket } from './return-ticket.ts';

/** Carries out what is due by now, in the order in which it fell due; each concerns another ticket (TIMER-1). */
export const runTimers: Decider<'run-timers'> = (hall, setup, command, now) => {
  const due = [...timersOf(hall, setup)].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
  const events = due.flatMap((timer): readonly NewEvent[] => {
    const decision = decideTimer(timer, hall, setup, command, now);
    return decision.accepted ? decision.events : [];
  });
  return events.length > 0 ? accept(...events) : refuse('NOTHING_DUE');
};

const decideTimer = (
  { act, data }: Timer,
  hall: Parameters<typeof runTimers>[0],
  setup: Parameters<typeof runTimers>[1],
  { commandId, actor }: Parameters<typeof runTimers>[2],
  now: number,
): ReturnType<typeof runTimers> => {
  const sender = { commandId, actor };
  switch (act) {
    case 'recall':
      return recall(hall, setup, { type: act, ...data, ...sender }, now);
    case 'miss':
      return miss(hall, setup, { type: act, ...data, ...sender }, now);
    case 'return-ticket':
      return returnTicket(hall, setup, { type: act, ...data, ...sender }, now);
    case 'hide-message':
      return hideMessage(hall, setup, { type: act, ...data, ...sender }, now);
    case 'end-missed':
      return endMissed(hall, setup, { type: act, ...data, ...sender }, now);
  }
};
