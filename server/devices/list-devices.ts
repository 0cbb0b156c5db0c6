import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Texts } from '@antrean/shared/domain/setup.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { DevicesView } from '@antrean/shared/protocol/devices.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import type { DevicePorts } from './device-ports.ts';
import { readDevices } from './device-rows.ts';

export const listDevicesRoute = (app: App, { inScope, clock, halls }: DevicePorts) =>
  app.get(
    '/v1/branches/:branchId/devices',
    {
      schema: {
        operationId: 'listDevices',
        tags: ['device'],
        summary: 'The devices of a hall and how they are',
        params: BranchParams,
        response: { 200: DevicesView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('device:manage'),
    },
    async (request) => {
      const { branchId } = request.params;
      const { setup } = await halls.branch(branchId as BranchId);
      return {
        at: clock.now(),
        devices: await readDevices(inScope, signedIn(request), branchId),
        screens: choicesOf(setup.screens),
        printers: choicesOf(setup.printers),
      };
    },
  );

const choicesOf = (
  things: ReadonlyMap<string, { readonly id: string; readonly name?: Texts }>,
): DevicesView['screens'] => [...things.values()].map(({ id, name = null }) => ({ id, name }));
