import { DeviceParams } from '@antrean/shared/protocol/devices.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { DevicePorts } from './device-ports.ts';
import { readDevices } from './device-rows.ts';

/** Takes a device back: its screen is cut off within two seconds on every node, and shows a code again (S4). */
export const revokeDeviceRoute = (app: App, { inScope, devices }: DevicePorts) =>
  app.post(
    '/v1/branches/:branchId/devices/:deviceId/revoke',
    {
      schema: {
        operationId: 'revokeDevice',
        tags: ['device'],
        summary: 'Takes a device back: nothing is shown on it or issued by it any more',
        params: DeviceParams,
        response: { 204: Type.Null(), 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('device:manage'),
    },
    async (request, reply) => {
      const { branchId, deviceId } = request.params;
      const me = signedIn(request);
      const [known] = await readDevices(inScope, me, branchId, deviceId);
      if (!known) return sendProblem(request, reply, 404, 'DEVICE_UNKNOWN');
      const before = { name: known.name, area: known.area };
      const note = { ...byRequest(request), action: 'device.revoked', branchId, subject: deviceId, before } as const;
      await inScope(
        me.branchId,
        (sql) => sql`
        with revoked as (
          update device set revoked_at = now() where id = ${deviceId} and revoked_at is null returning id
        )
        ${noteEntry(sql, 'revoked', note)}`,
      );
      devices.forget();
      return reply.code(204).send(null);
    },
  );
