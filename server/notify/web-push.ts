import type { Agent } from 'node:https';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Halls } from '../hall/halls.ts';
import type { PushKeys } from './push-keys.ts';

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
  /** The address of this installation, which services are told as who sends; `null`: it has none, and sends nothing. */
  readonly sender: string | null;
  readonly other?: OtherPushService;
}

/** Browsers take messages over TLS only, and their services want to know whom to write to (RFC 8292, 2.1). */
export const webPushWith = (keys: PushKeys, publicUrl: URL | undefined, other?: OtherPushService): WebPush => ({
  keys,
  sender: publicUrl?.protocol === 'https:' ? publicUrl.origin : null,
  ...(other && { other }),
});

/** Whether visitors of a hall can have messages on their phones (PUSH-1). */
export const offersPush = ({ sender }: WebPush, halls: Halls, branchId: BranchId): boolean =>
  sender !== null && halls.find(branchId)?.setup.rules.webPush === true;
