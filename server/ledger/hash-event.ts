import { hash } from 'node:crypto';
import type { HallEvent } from '@antrean/shared/domain/events.ts';

/** What the hash chain covers of an event beside `actor` and `data`. */
interface HashedFacts {
  readonly version: number;
  readonly type: string;
  readonly commandId: string;
  readonly at: number;
}

/**
 * The chain's next link: SHA-256 over the link before and the event, as hex.
 *
 * @param actor the JSON text that the ledger keeps, and `data` likewise
 */
export const hashTexts = (before: string, event: HashedFacts, actor: string, data: string): string =>
  hash('sha256', `${before}|${event.version}|${event.type}|${event.commandId}|${event.at}|${actor}|${data}`, 'hex');

/** The same for an event that is not written as text yet. */
export const hashEvent = (before: string, event: HallEvent): string =>
  hashTexts(before, event, JSON.stringify(event.actor), JSON.stringify(event.data));
