import type { TicketStatus } from './ticket.ts';

/** What can be done to a ticket. */
export type TicketAction = 'call' | 'recall' | 'start' | 'finish' | 'miss' | 'cancel' | 'end-day';

/**
 * A ticket's life as a total table (LIFE-1): for every status and action the status it leads to, or `null` for
 * refused. A new status or action does not compile until every cell is decided.
 *
 * ```
 * waiting ── call ──► called ── start ──► serving ── finish ──► done
 *                       └── miss ──► missed ── end of day ──► no-show
 * any open status ── cancel ──► cancelled
 * ```
 */
export const life: Readonly<Record<TicketStatus, Readonly<Record<TicketAction, TicketStatus | null>>>> = {
  waiting: {
    call: 'called',
    recall: null,
    start: null,
    finish: null,
    miss: null,
    cancel: 'cancelled',
    'end-day': 'cancelled',
  },
  called: {
    call: null,
    recall: 'called',
    start: 'serving',
    // Only where the hall does not confirm arrivals (LIFE-4); the decider asks the rule.
    finish: 'done',
    miss: 'missed',
    cancel: 'cancelled',
    'end-day': 'cancelled',
  },
  serving: {
    call: null,
    recall: null,
    start: null,
    finish: 'done',
    miss: null,
    cancel: 'cancelled',
    'end-day': 'done',
  },
  missed: {
    call: null,
    recall: null,
    start: null,
    finish: null,
    miss: null,
    cancel: 'cancelled',
    'end-day': 'no-show',
  },
  done: { call: null, recall: null, start: null, finish: null, miss: null, cancel: null, 'end-day': null },
  'no-show': { call: null, recall: null, start: null, finish: null, miss: null, cancel: null, 'end-day': null },
  cancelled: { call: null, recall: null, start: null, finish: null, miss: null, cancel: null, 'end-day': null },
};
