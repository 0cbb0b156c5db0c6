import { ChangeDeviceBody, DeviceParams, DeviceView } from '@antrean/shared/protocol/devices.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { DevicePorts } from './device-ports.ts';
import { readDevices } from './device-rows.ts';

export const changeDeviceRoute = (app: App, { inScope }: DevicePorts) =>
  app.post(
    '/v1/branches/:branchId/devices/:deviceId',
    {
      schema: {
        operationId: 'changeDevice',
        tags: ['device'],
        summary: 'Gives a device another name, or says where it stands now',
        params: DeviceParams,
        body: ChangeDeviceBody,
        response: { 200: DeviceView, ...problemsOfBody },
      },
      preHandler: app.allow('device:manage'),
    },
    async (request, reply) => {
      const { branchId, deviceId } = request.params;
      const me = signedIn(request);
      const [known] = await readDevices(inScope, me, branchId, deviceId);
      if (!known) return sendProblem(request, reply, 404, 'DEVICE_UNKNOWN');
      const before = { name: known.name, area: known.area };
      const after = { ...before, ...request.body };
      const note = {
        ...byRequest(request),
        action: 'device.renamed',
        branchId,
        subject: deviceId,
        before,
        after,
      } as const;
      await inScope(
        me.branchId,
        (sql) => sql`
        with renamed as (
          update device set name = ${after.name}, area = ${after.area}
          where id = ${deviceId} and revoked_at is null returning id
        )
        ${noteEntry(sql, 'renamed', note)}`,
      );
      return { ...known, ...after };
    },
  );
