import { DeviceParams, DeviceView } from '@antrean/shared/protocol/devices.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { DevicePorts } from './device-ports.ts';
import { readDevices } from './device-rows.ts';

/** Has a device sound its chime and say a sentence (VOICE-8): it is told within two seconds on every node. */
export const testSoundRoute = (app: App, { inScope, devices }: DevicePorts) =>
  app.post(
    '/v1/branches/:branchId/devices/:deviceId/test-sound',
    {
      schema: {
        operationId: 'testSound',
        tags: ['device'],
        summary: 'Asks a device to let its sound be heard; what came of it is in the list of devices, within seconds',
        params: DeviceParams,
        response: { 200: DeviceView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('device:manage'),
    },
    async (request, reply) => {
      const { branchId, deviceId } = request.params;
      const me = signedIn(request);
      const [known] = await readDevices(inScope, me, branchId, deviceId);
      if (!known) return sendProblem(request, reply, 404, 'DEVICE_UNKNOWN');
      const note = { ...byRequest(request), action: 'device.sound-tested', branchId, subject: deviceId } as const;
      await inScope(
        me.branchId,
        (sql) => sql`
        with asked as (
          update device set sound_asked_at = now(), sound_answered_at = null, sound_answer = null
          where id = ${deviceId} and revoked_at is null returning id
        )
        ${noteEntry(sql, 'asked', note)}`,
      );
      devices.forget();
      const [asked = known] = await readDevices(inScope, me, branchId, deviceId);
      return asked;
    },
  );
