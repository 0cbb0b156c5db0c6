import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { PairingCodeBody, WaitingDevice } from '@antrean/shared/protocol/devices.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { hashOfCode } from '../access/hash-code.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { DevicePorts } from './device-ports.ts';
import { tryCode } from './try-code.ts';

/** Who shows this code, for whoever is about to let it in. There is no list of all that wait: they are strangers. */
export const showPairingRoute = (app: App, ports: DevicePorts) =>
  app.post(
    '/v1/branches/:branchId/device-pairings/show',
    {
      schema: {
        operationId: 'showPairing',
        tags: ['device'],
        summary: 'Which screen shows a code',
        params: BranchParams,
        body: PairingCodeBody,
        response: { 200: WaitingDevice, ...problemsOfBody, 429: Problem },
      },
      preHandler: app.allow('device:manage'),
    },
    async (request, reply) => {
      const waiting = await tryCode(ports, request, reply, async () => {
        const [found] = await withinTimeout(ports.sql<WaitingDevice[]>`
          select kind, picture, address, browser from device_pairing
          where code_hash = ${hashOfCode(request.body.code)} and expires_at > now()`);
        return found;
      });
      return waiting ?? reply;
    },
  );
