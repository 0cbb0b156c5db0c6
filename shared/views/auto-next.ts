import type { DeskEntry } from '../protocol/screens.ts';
import { isIdle } from './desk.ts';

/**
 * The acts with which an agent has done with a visitor for now (AUTO-1). `return` is none of them: its ticket goes back to the
 * place it had, so that the next one called would be the same.
 */
const ending: ReadonlySet<string> = new Set(['finish', 'outcome', 'miss', 'hold', 'park', 'transfer', 'cancel']);

/** Whether an act that a desk sent ends the visit there. @param action as its button names it */
export const endsVisit = (action: string): boolean => ending.has(action);

/** What a countdown to the next call depends on. */
export interface DeskAround {
  /** Those who wait for the counter. */
  readonly waiting: number;
  readonly isLive: boolean;
  /** Whether the agent is about something else: a dialog is open, an act is on its way. */
  readonly isBusy: boolean;
}

/** Whether a countdown may begin or go on (AUTO-2). */
export const mayCountDown = (desk: DeskEntry, { waiting, isLive, isBusy }: DeskAround): boolean =>
  isIdle(desk) && waiting > 0 && isLive && !isBusy;

/** So late a call is a surprise: the machine slept, or its clock was set, ms. */
const tooLateMs = 5_000;

/**
 * How a countdown stands: the seconds that are left, that it is over, or that it is void.
 *
 * @param beganAt epoch ms
 * @param afterMs how long it takes
 */
export const countdownAt = (beganAt: number, afterMs: number, now: number): number | 'over' | 'void' => {
  const leftMs = beganAt + afterMs - now;
  if (leftMs > afterMs || leftMs < -tooLateMs) return 'void';
  return leftMs > 0 ? Math.ceil(leftMs / 1_000) : 'over';
};
