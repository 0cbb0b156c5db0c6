import { AnswerSoundTestBody } from '@antrean/shared/protocol/devices.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';
import type { DevicePorts } from './device-ports.ts';

export const answerSoundTestRoute = (app: App, { sql, devices }: DevicePorts) =>
  app.post(
    '/v1/device/sound-test',
    {
      schema: {
        operationId: 'answerSoundTest',
        tags: ['device'],
        summary: 'A device says what became of the test of its sound; an answer to an older test changes nothing',
        body: AnswerSoundTestBody,
        response: { 204: Type.Null(), ...problemsOfBody },
      },
    },
    async (request, reply) => {
      const { device, body } = request;
      if (!isSameOrigin(request.raw)) return sendProblem(request, reply, 403, 'FOREIGN_ORIGIN');
      if (!device) return sendProblem(request, reply, 401, 'DEVICE_NEEDED');
      await withinTimeout(sql`
        update device set sound_answer = ${body.answer}, sound_answered_at = now()
        where id = ${device.id} and revoked_at is null
          and (extract(epoch from sound_asked_at) * 1000)::bigint = ${body.askedAt}`);
      devices.forget();
      return reply.code(204).send(null);
    },
  );
