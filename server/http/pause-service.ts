import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import { PauseServiceBody, ServiceParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const pauseServiceRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/services/:serviceId/pause',
    {
      schema: {
        operationId: 'pauseService',
        tags: ['branch'],
        summary: 'Stops giving visitors numbers for a service until it goes on',
        params: ServiceParams,
        body: PauseServiceBody,
        response: commandResponses,
      },
      preHandler: app.allow('service:pause'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'pause-service',
        serviceId: request.params.serviceId as ServiceId,
        reason: request.body.reason,
      }),
  );
