import type { Agent } from 'node:https';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Halls } from '../hall/halls.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { type PushKeys, readPushKeys } from './push-keys.ts';

/** What a test has in the place of the services of browsers' makers. */
export interface OtherPushService {
  /** `host:port` of it. */
  readonly host: string;
  /** Trusts its certificate. */
  readonly agent: Agent;
}

/** Messages to visitors' phones; put together by the composition root. */
export interface WebPush {
  readonly keys: PushKeys;
  /** The address of this installation, which services are told as who sends. */
  readonly sender: string;
  readonly other?: OtherPushService;
}

/**
 * Browsers take messages over TLS only, and their services want to know whom to write to (RFC 8292, 2.1).
 *
 * @returns `null`: this installation has no such address, and sends nothing. Throws what Postgres throws.
 */
export const webPushWith = async (
  sql: Sql,
  publicUrl: URL | undefined,
  other?: OtherPushService,
): Promise<WebPush | null> =>
  publicUrl?.protocol === 'https:'
    ? { keys: await readPushKeys(sql), sender: publicUrl.origin, ...(other && { other }) }
    : null;

/** What sends messages for a hall; `null`: its visitors can have none (PUSH-1). */
export const pushOf = (
  { webPush, halls }: { readonly webPush: WebPush | null; readonly halls: Halls },
  branchId: BranchId,
): WebPush | null => (halls.find(branchId)?.setup.rules.webPush === true ? webPush : null);
