import { Problem } from '@antrean/shared/protocol/problem.ts';
import { ProveOwnerBody, RecoveryCodes } from '@antrean/shared/protocol/second-factor.ts';
import { noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { proveOwner } from './prove-owner.ts';
import { keepRecoveryCodes, newRecoveryCodes } from './recovery-codes.ts';
import { noteOf } from './staff-accounts.ts';

/** For whoever has used them up or lost the paper: those of before are good no more. */
export const renewRecoveryCodesRoute = (app: App, ports: AccessPorts) =>
  app.post(
    '/v1/me/second-factor/recovery-codes',
    {
      schema: {
        operationId: 'renewRecoveryCodes',
        tags: ['access'],
        summary: 'Makes recovery codes in place of those before, and shows them this once',
        body: ProveOwnerBody,
        response: { 200: RecoveryCodes, ...problemsOfBody, 429: Problem },
      },
      preHandler: app.allowOwn,
    },
    async (request, reply) => {
      const { sql } = ports;
      const me = await proveOwner(ports, request, reply, request.body);
      if (!me) return reply;
      const recoveryCodes = newRecoveryCodes();
      const [result] = await withinTimeout(sql<[{ isDone: boolean }]>`
        with owner as (select staff_id from staff_second_factor where staff_id = ${me.id}),
        ${keepRecoveryCodes(sql, 'owner', recoveryCodes)},
        noted as (${noteEntry(sql, 'owner', noteOf(request, 'second-factor.codes-renewed', me))})
        select exists (select from owner) as "isDone"`);
      if (!result.isDone) return sendProblem(request, reply, 409, 'SECOND_FACTOR_OFF');
      return { recoveryCodes };
    },
  );
