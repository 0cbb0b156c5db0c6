import type { Ratio } from './setup.ts';

/** Why this ticket and not another, as data for agent, manager and visitor. Times in ms. */
export interface CallReason {
  /**
   * `longest-wait`: nobody it could have been has waited longer · `head-start`: its priority class put it before
   * somebody who has waited longer · `skill`: whoever has waited longer is for a service that the counter serves with
   * less skill · `ratio`: both kinds waited, and it was the turn of this one · `call-by`: it waited past the hall's
   * limit · `overflow`: nobody waited for the counter itself, and this one waited long elsewhere · `chosen`: somebody
   * picked it by hand.
   */
  readonly rule: 'longest-wait' | 'head-start' | 'skill' | 'ratio' | 'call-by' | 'overflow' | 'chosen';
  readonly waitedMs: number;
  /** As if it had come so much earlier. */
  readonly headStartMs?: number;
  /** As if whoever has waited longer had come so much later. */
  readonly laterMs?: number;
  /** The counter helps after this wait. */
  readonly afterMs?: number;
  readonly ratio?: Ratio;
  /** The hour of the appointment that its place counts from, epoch ms (APPT-5). */
  readonly bookedFor?: number;
  /** What the one who picked it by hand gave as the reason. */
  readonly reason?: string;
}
