import { hash } from 'node:crypto';

/** What the hash chain covers of an event. */
export interface HashedEvent {
  readonly version: number;
  readonly type: string;
  readonly commandId: string;
  readonly at: number;
  readonly actor: unknown;
  readonly data: unknown;
}

/**
 * The chain's next link: SHA-256 over the link before and the event, as hex.
 *
 * @param actor the JSON text that the ledger keeps, and `data` likewise
 */
export const hashEvent = (
  before: string,
  event: HashedEvent,
  actor = JSON.stringify(event.actor),
  data = JSON.stringify(event.data),
): string =>
  hash('sha256', `${before}|${event.version}|${event.type}|${event.commandId}|${event.at}|${actor}|${data}`, 'hex');
