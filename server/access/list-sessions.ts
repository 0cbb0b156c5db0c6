import { SessionsView } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { signedIn } from './guard.ts';
import { hashOf, notIdle } from './session-store.ts';
import { sessionIdOf } from './sessions.ts';

/** Where somebody is signed in, the latest first. */
export const listSessionsRoute = (app: App, { sql }: AccessPorts) =>
  app.get(
    '/v1/me/sessions',
    {
      schema: {
        operationId: 'listSessions',
        tags: ['access'],
        summary: 'Where one is signed in',
        response: { 200: SessionsView, 401: Problem, 503: Problem },
      },
      preHandler: app.allowOwn,
    },
    async (request) => {
      const me = signedIn(request);
      const thisOne = hashOf(sessionIdOf(request.headers.cookie) ?? '');
      return withinTimeout(sql<SessionsView>`
        select left(id_hash, 32) as id, (extract(epoch from staff_session.created_at) * 1000)::bigint::float8 as "begunAt",
          (extract(epoch from seen_at) * 1000)::bigint::float8 as "seenAt", address, browser, id_hash = ${thisOne} as "isThis"
        from staff_session join staff on staff.id = staff_id
        where staff_id = ${me.id} and expires_at > now() and ${notIdle(sql)}
        order by staff_session.created_at desc`);
    },
  );
