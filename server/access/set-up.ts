import { Me, SetUpBody } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';
import type { AccessPorts } from './access-ports.ts';
import { isGuessable } from './check-password.ts';
import { mustHaveFactor } from './factor-policy.ts';
import { hashPassword } from './hash-password.ts';
import { refuseTries } from './refuse-tries.ts';
import { beginSession } from './sessions.ts';
import { hashOfCode } from './hash-code.ts';
import { codeMinutes, type FirstRun, isCode } from './set-up-code.ts';

/** Whoever has the code from the server's console becomes the first administrator; the code is good once (S1). */
export const setUpRoute = (app: App, { sql, tries, secondFactor: policy }: AccessPorts, firstRun: FirstRun) =>
  app.post(
    '/v1/set-up',
    {
      schema: {
        operationId: 'setUp',
        tags: ['access'],
        summary: 'Makes the first administrator, and signs in',
        body: SetUpBody,
        response: {
          201: Me,
          400: Problem,
          403: Problem,
          409: Problem,
          413: Problem,
          415: Problem,
          429: Problem,
          503: Problem,
        },
      },
    },
    async (request, reply) => {
      if (!isSameOrigin(request.raw)) return sendProblem(request, reply, 403, 'FOREIGN_ORIGIN');
      if (!(await firstRun.isNow())) return sendProblem(request, reply, 409, 'SET_UP_ALREADY');
      const { code, login, displayName, password } = request.body;
      let isGuessed = false;
      let isOver = false;
      const note = { ...byRequest(request), action: 'installation.set-up', branchId: null, subject: login } as const;
      const tried = await tries.once('set-up', request.ip, async () => {
        // Anybody may ask: what takes time is done for whoever has the code.
        if (!(await isCode(sql, code))) return false;
        isGuessed = await isGuessable(password, [login, displayName]);
        if (isGuessed) return true;
        const passwordHash = await hashPassword(password);
        const [result] = await withinTimeout(sql<{ isOver: boolean; isMade: boolean }[]>`
          with here as (select exists (select from staff) as is_over),
          used as (
            delete from installation_key using here
            where not is_over and purpose = 'set-up' and key = ${hashOfCode(code)}
              and created_at > now() - ${codeMinutes} * interval '1 minute'
            returning key
          ),
          made as (
            insert into staff (id, login, display_name, password_hash, role, branch_id)
            select ${login}, ${login}, ${displayName}, ${passwordHash}, 'administrator', null from used returning id
          ),
          noted as (${noteEntry(sql, 'made', note)})
          select is_over as "isOver", exists (select from made) as "isMade" from here`);
        isOver = result?.isOver ?? false;
        return isOver || (result?.isMade ?? false);
      });
      if (refuseTries(request, reply, tried, [403, 'SET_UP_CODE_WRONG', { minutes: codeMinutes }])) return reply;
      if (isGuessed) return sendProblem(request, reply, 400, 'PASSWORD_GUESSABLE');
      if (isOver) return sendProblem(request, reply, 409, 'SET_UP_ALREADY');
      const role = 'administrator' as const;
      const secondFactor = mustHaveFactor(policy, role) ? 'needed' : 'off';
      const scope = { branchId: null, agencyId: null };
      const me: Me = { id: login, displayName, role, ...scope, mustChangePassword: false, secondFactor };
      await beginSession(request, me);
      return reply.code(201).send(me);
    },
  );
