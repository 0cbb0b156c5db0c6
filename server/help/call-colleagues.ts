import type { BranchId, CounterId } from '@antrean/shared/domain/ids.ts';
import { CounterParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { sendProblem } from '../http/send-problem.ts';
import { callEndsAfterMinutes, placeOfCounter } from './help-call.ts';

/** Whoever works at a counter has trouble there and calls whoever else is in the hall (HELP-3). */
export const callColleaguesRoute = (app: App, { inScope, halls, helpChanged }: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/call-colleagues',
    {
      schema: {
        operationId: 'callColleagues',
        tags: ['counter'],
        summary: 'Calls colleagues to the counter; asked again before somebody answered, it is the same call',
        params: CounterParams,
        response: {
          204: Type.Null(),
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          409: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('counter:open'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const counterId = request.params.counterId as CounterId;
      const me = signedIn(request);
      const { hall, setup } = await halls.branch(branchId);
      const desk = hall.counters.get(counterId);
      if (!desk && !setup.counters.has(counterId)) {
        return sendProblem(request, reply, 404, 'COUNTER_UNKNOWN', { counterId });
      }
      if (!desk) return sendProblem(request, reply, 409, 'COUNTER_NOT_OPEN', { counterId });
      if (desk.agentId !== me.id) return sendProblem(request, reply, 403, 'NOT_YOUR_COUNTER', { counterId });
      const note = { ...byRequest(request), action: 'colleagues.called', branchId, subject: counterId } as const;
      await inScope(
        me.branchId,
        (sql) => sql`
        with called as (
          insert into help_call as held (branch_id, place, called_by)
          values (${branchId}, ${placeOfCounter(counterId)}, ${me.id})
          on conflict (branch_id, place) do update
          set called_at = now(), called_by = ${me.id}, answered_at = null, answered_by = null
          where held.answered_at is not null or held.called_by <> ${me.id}
            or held.called_at < now() - ${callEndsAfterMinutes} * interval '1 minute'
          returning place
        )
        ${noteEntry(sql, 'called', note)}`,
      );
      helpChanged(branchId);
      return reply.code(204).send(null);
    },
  );
