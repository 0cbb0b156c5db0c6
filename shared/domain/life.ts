import type { TicketStatus } from './ticket.ts';

/** What can be done to a ticket. */
export type TicketAction =
  | 'call'
  | 'recall'
  | 'start'
  | 'finish'
  | 'go-on'
  | 'miss'
  | 'hold'
  | 'return'
  | 'park'
  | 'resume'
  | 'transfer'
  | 'rejoin'
  | 'no-show'
  | 'cancel'
  | 'end-day';

/** What an ended ticket can still do: nothing. */
const ended = {
  call: null,
  recall: null,
  start: null,
  finish: null,
  'go-on': null,
  miss: null,
  hold: null,
  return: null,
  park: null,
  resume: null,
  transfer: null,
  rejoin: null,
  'no-show': null,
  cancel: null,
  'end-day': null,
} as const;

/**
 * A ticket's life as a total table (LIFE-1): for every status and action the status it leads to, or `null` for
 * refused. A new status or action does not compile until every cell is decided.
 *
 * ```
 *        held (reason, timer)             parked (kept for this agent)
 *          │  ▲                                │  ▲
 *   return │  │ hold                   resume │  │ park
 *          ▼  │                                ▼  │
 *        waiting ── call ──► called ── start ──► serving ── finish ──► done
 *          ▲  ▲                │ └─ miss ──► missed      └─ go-on ──► waiting (the next leg)
 *          │  └─ return, transfer                │ │
 *          └──────────── rejoin ─────────────────┘ └─ no-show, end of day ──► no-show
 * any open status ── cancel ──► cancelled
 * ```
 */
export const life: Readonly<Record<TicketStatus, Readonly<Record<TicketAction, TicketStatus | null>>>> = {
  waiting: {
    call: 'called',
    recall: null,
    start: null,
    finish: null,
    'go-on': null,
    miss: null,
    hold: 'held',
    return: null,
    park: null,
    resume: null,
    transfer: 'waiting',
    rejoin: null,
    'no-show': null,
    cancel: 'cancelled',
    'end-day': 'cancelled',
  },
  called: {
    call: null,
    recall: 'called',
    start: 'serving',
    // Only where the hall does not confirm arrivals (LIFE-4); the decider asks the rule.
    finish: 'done',
    'go-on': 'waiting',
    miss: 'missed',
    hold: 'held',
    return: 'waiting',
    park: null,
    resume: null,
    transfer: 'waiting',
    rejoin: null,
    'no-show': null,
    cancel: 'cancelled',
    'end-day': 'cancelled',
  },
  serving: {
    call: null,
    recall: null,
    start: null,
    finish: 'done',
    'go-on': 'waiting',
    miss: null,
    hold: 'held',
    return: 'waiting',
    park: 'parked',
    resume: null,
    transfer: 'waiting',
    rejoin: null,
    'no-show': null,
    cancel: 'cancelled',
    'end-day': 'done',
  },
  held: {
    call: null,
    recall: null,
    start: null,
    finish: null,
    'go-on': null,
    miss: null,
    hold: null,
    return: 'waiting',
    park: null,
    resume: null,
    transfer: 'waiting',
    rejoin: null,
    'no-show': null,
    cancel: 'cancelled',
    'end-day': 'cancelled',
  },
  parked: {
    call: null,
    recall: null,
    start: null,
    finish: null,
    'go-on': null,
    miss: null,
    hold: null,
    return: 'waiting',
    park: null,
    resume: 'serving',
    transfer: 'waiting',
    rejoin: null,
    'no-show': null,
    cancel: 'cancelled',
    'end-day': 'cancelled',
  },
  missed: {
    call: null,
    recall: null,
    start: null,
    finish: null,
    'go-on': null,
    miss: null,
    hold: null,
    return: null,
    park: null,
    resume: null,
    transfer: null,
    rejoin: 'waiting',
    'no-show': 'no-show',
    cancel: 'cancelled',
    'end-day': 'no-show',
  },
  done: ended,
  'no-show': ended,
  cancelled: ended,
};
