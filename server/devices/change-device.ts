import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { ChangeDeviceBody, DeviceParams, DeviceView } from '@antrean/shared/protocol/devices.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { DevicePorts } from './device-ports.ts';
import { readDevices } from './device-rows.ts';

export const changeDeviceRoute = (app: App, { inScope, halls, devices }: DevicePorts) =>
  app.post(
    '/v1/branches/:branchId/devices/:deviceId',
    {
      schema: {
        operationId: 'changeDevice',
        tags: ['device'],
        summary: 'Gives a device another name, says where it stands now, what it shows, or where it prints',
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
      const { setup } = await halls.branch(branchId as BranchId);
      const { screenId = null, printerId = null } = request.body;
      if (screenId !== null && !setup.screens.has(screenId)) {
        return sendProblem(request, reply, 404, 'SCREEN_UNKNOWN');
      }
      if (printerId !== null && !setup.printers.has(printerId)) {
        return sendProblem(request, reply, 404, 'PRINTER_UNKNOWN');
      }
      const { name, area } = known;
      const before = { name, area, screenId: known.screenId, printerId: known.printerId };
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
        with changed as (
          update device set name = ${after.name}, area = ${after.area}, screen_id = ${after.screenId},
            printer_id = ${after.printerId}
          where id = ${deviceId} and revoked_at is null returning id
        )
        ${noteEntry(sql, 'changed', note)}`,
      );
      devices.forget();
      return { ...known, ...after };
    },
  );
