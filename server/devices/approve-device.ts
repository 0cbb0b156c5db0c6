import { randomUUID } from 'node:crypto';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { ApproveDeviceBody, DeviceView } from '@antrean/shared/protocol/devices.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import { hashOfCode } from '../access/hash-code.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { DevicePorts } from './device-ports.ts';
import { deviceColumns } from './device-rows.ts';
import { tryCode } from './try-code.ts';

/** Lets the screen in that shows this code, and uses the code up in the same statement: of two who try, one does. */
export const approveDeviceRoute = (app: App, ports: DevicePorts) =>
  app.post(
    '/v1/branches/:branchId/devices',
    {
      schema: {
        operationId: 'approveDevice',
        tags: ['device'],
        summary: 'Lets the screen in that shows a code, as a device of this hall',
        params: BranchParams,
        body: ApproveDeviceBody,
        response: { 201: DeviceView, ...problemsOfBody, 429: Problem },
      },
      preHandler: app.allow('device:manage'),
    },
    async (request, reply) => {
      const { sql, inScope, devices } = ports;
      const { branchId } = request.params;
      const { code, name, area = null } = request.body;
      const [branch] = await withinTimeout(sql`select from branch where id = ${branchId}`);
      if (!branch) return sendProblem(request, reply, 404, 'BRANCH_UNKNOWN');
      const id = randomUUID();
      const after = { name, area };
      const note = { ...byRequest(request), action: 'device.approved', branchId, subject: id, after } as const;
      const approved = await tryCode(ports, request, reply, async () => {
        const [made] = await inScope(
          signedIn(request).branchId,
          (sql) => sql<DeviceView[]>`
          with used as (
            delete from device_pairing where code_hash = ${hashOfCode(code)} and expires_at > now() returning *
          ),
          approved as (
            insert into device (id, branch_id, kind, name, area, token_hash, address, browser)
            select ${id}, ${branchId}, kind, ${name}, ${area}, token_hash, address, browser from used
            returning *
          ),
          noted as (${noteEntry(sql, 'approved', note)})
          select ${deviceColumns(sql)} from approved`,
        );
        return made;
      });
      if (!approved) return reply;
      devices.forget();
      return reply.code(201).send(approved);
    },
  );
