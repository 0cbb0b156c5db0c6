import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { HttpPorts } from '../http/ports.ts';

/** What the pages of joining work with. */
export interface JoinPorts extends HttpPorts {
  /** Counts wrong codes, by address. */
  readonly guesses: RateLimiterAbstract;
  /** Count tickets that are taken, by phone and by address. */
  readonly ofPhone: RateLimiterAbstract;
  readonly ofAddress: RateLimiterAbstract;
}
