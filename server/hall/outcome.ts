import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { Refusal } from '@antrean/shared/domain/refusal.ts';

/**
 * How a command ended. `refused`: the rules say no, nothing changed. `unavailable`: the database cannot be reached,
 * nothing changed. `unknown`: the connection broke at the commit; repeating the same command id finds out.
 */
export type Outcome =
  | { readonly kind: 'done'; readonly events: readonly HallEvent[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unavailable' | 'unknown' };
