import type { DeviceKind, DeviceView, PairingView } from '@antrean/shared/protocol/devices.ts';
import { ask } from '../http/ask.ts';

/** A screen that has asked to be let in: what it shows, and the cookie it keeps. */
export interface Waiting {
  readonly pairing: PairingView;
  readonly cookie: string;
}

export const beginPairing = async (address: string, kind: DeviceKind): Promise<Waiting> => {
  const answer = await ask(`${address}/v1/device-pairings`, 'POST', { body: { kind } });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (answer.status !== 201 || !cookie) throw new Error(`pairing answered ${answer.status}: ${answer.text}`);
  return { pairing: answer.body as unknown as PairingView, cookie };
};

/** A device that a manager let in. */
export const letIn = async (
  address: string,
  branchId: string,
  manager: Record<string, string>,
  { kind, name = `${kind} at the door` }: { kind: DeviceKind; name?: string },
): Promise<{ device: DeviceView; cookie: string }> => {
  const { pairing, cookie } = await beginPairing(address, kind);
  const answer = await ask(`${address}/v1/branches/${branchId}/devices`, 'POST', {
    headers: manager,
    body: { code: pairing.code, name },
  });
  if (answer.status !== 201) throw new Error(`approval answered ${answer.status}: ${answer.text}`);
  return { device: answer.body as unknown as DeviceView, cookie };
};
