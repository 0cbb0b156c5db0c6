import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import { PlainBody, ServiceParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const resumeServiceRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/services/:serviceId/resume',
    {
      schema: {
        operationId: 'resumeService',
        tags: ['branch'],
        summary: 'Gives numbers for a paused service again',
        params: ServiceParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('service:pause'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'resume-service',
        serviceId: request.params.serviceId as ServiceId,
      }),
  );
