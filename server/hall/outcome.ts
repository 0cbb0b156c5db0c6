import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { Refusal } from '@antrean/shared/domain/refusal.ts';

/**
 * How a command ended. `refused`: the rules say no, nothing changed. `unavailable`: the database cannot be reached,
 * this try changed nothing. `unknown`: this try or an earlier one may have been committed; repeating the same command
 * id finds out.
 */
export type Outcome =
  | { readonly kind: 'done'; readonly events: readonly HallEvent[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unavailable' | 'unknown' };
