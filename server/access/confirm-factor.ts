import { ConfirmFactorBody, RecoveryCodes } from '@antrean/shared/protocol/second-factor.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { signedIn } from './guard.ts';
import { openPending } from './pending-factor.ts';
import { keepRecoveryCodes, newRecoveryCodes } from './recovery-codes.ts';
import { refuseTries } from './refuse-tries.ts';
import { hashOf } from './session-store.ts';
import { sessionIdOf } from './sessions.ts';
import { noteOf } from './staff-accounts.ts';
import { isTimeCode, stepOfCode, typedCode } from './time-code.ts';

/** The first code was right: the second factor counts from now on, and all other sessions of the account end. */
export const confirmFactorRoute = (app: App, { sql, seal, tries, sessions, now }: AccessPorts) =>
  app.post(
    '/v1/me/second-factor/confirm',
    {
      schema: {
        operationId: 'confirmFactor',
        tags: ['access'],
        summary: 'Turns the second factor on, and shows the recovery codes this once',
        body: ConfirmFactorBody,
        response: { 200: RecoveryCodes, ...problemsOfBody, 429: Problem },
      },
      preHandler: app.allowOwn,
    },
    async (request, reply) => {
      const me = signedIn(request);
      const pending = openPending(seal, request.body.pending, me.id, now());
      if (!pending || me.mustChangePassword) return sendProblem(request, reply, 409, 'ENROLMENT_OVER');
      const code = typedCode(request.body.code);
      let step: number | null = null;
      const tried = await tries.once('enrolment', `account ${me.id}`, () => {
        step = isTimeCode(code) ? stepOfCode(pending.secret, code, now()) : null;
        return Promise.resolve(step !== null);
      });
      if (refuseTries(request, reply, tried, [403, 'CODE_WRONG'])) return reply;
      const recoveryCodes = newRecoveryCodes();
      const secret = seal.close(pending.secret, 'second-factor');
      const thisOne = hashOf(sessionIdOf(request.headers.cookie) ?? '');
      // Only in the place of what it was begun for: of two that were begun, the first counts.
      const [result] = await withinTimeout(sql<[{ isOn: boolean }]>`
        with made as (
          insert into staff_second_factor (staff_id, secret, last_step)
          select ${me.id}, ${secret}, ${step} where ${pending.replaces}::text is null
          on conflict do nothing returning staff_id
        ),
        replaced as (
          update staff_second_factor set secret = ${secret}, last_step = ${step}, confirmed_at = now()
          where staff_id = ${me.id} and secret = ${pending.replaces} returning staff_id
        ),
        enrolled as (select staff_id from made union all select staff_id from replaced),
        ${keepRecoveryCodes(sql, 'enrolled', recoveryCodes)},
        noted as (${noteEntry(sql, 'enrolled', noteOf(request, 'second-factor.enrolled', me))}),
        ended as (delete from staff_session using enrolled where staff_session.staff_id = enrolled.staff_id and id_hash <> ${thisOne})
        select exists (select from enrolled) as "isOn"`);
      if (!result.isOn) return sendProblem(request, reply, 409, 'ENROLMENT_OVER');
      sessions.forget();
      return { recoveryCodes };
    },
  );
