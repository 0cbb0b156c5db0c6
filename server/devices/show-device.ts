import { DeviceState } from '@antrean/shared/protocol/devices.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { DevicePorts } from './device-ports.ts';
import { tokenHashIn } from './device-token.ts';
import { ownDevice } from './own-device.ts';

/** Which device asks, and whether it was let in by now: what a screen begins with, and asks again while it shows its code. */
export const showDeviceRoute = (app: App, { sql, halls }: DevicePorts) =>
  app.get(
    '/v1/device',
    {
      schema: {
        operationId: 'showDevice',
        tags: ['device'],
        summary: 'Which device asks, and whether it was let in',
        response: { 200: DeviceState, 503: Problem },
      },
    },
    async ({ device, headers }) => {
      if (device) return { state: 'paired' as const, device: await ownDevice(halls, device) };
      const tokenHash = tokenHashIn(headers.cookie);
      if (tokenHash === undefined) return { state: 'none' as const };
      const waiting = await withinTimeout(
        sql`select from device_pairing where token_hash = ${tokenHash} and expires_at > now()`,
      );
      return { state: waiting.length > 0 ? ('waiting' as const) : ('none' as const) };
    },
  );
