import { hash } from 'node:crypto';

/** What the hash chain covers of an event, with `data` and `actor` as the JSON text that the ledger keeps. */
export interface HashedEvent {
  readonly version: number;
  readonly type: string;
  readonly commandId: string;
  readonly at: number;
  readonly actor: string;
  readonly data: string;
}

/** The chain's next link: SHA-256 over the link before and the event, as hex. */
export const hashEvent = (before: string, event: HashedEvent): string =>
  hash(
    'sha256',
    `${before}|${event.version}|${event.type}|${event.commandId}|${event.at}|${event.actor}|${event.data}`,
    'hex',
  );
