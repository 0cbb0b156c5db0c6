import { Type } from 'typebox';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

const Health = Type.Object({ status: Type.String() }, { additionalProperties: false });
const Readiness = Type.Object(
  { status: Type.String(), postgres: Type.Boolean(), redis: Type.Boolean() },
  { additionalProperties: false },
);

/** `/healthz`: this process answers. `/readyz`: it can commit; without Redis it still can, so that is only told. */
export const healthRoutes = (app: App, { sql, redis }: HttpPorts) => {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'health',
        tags: ['health'],
        summary: 'Whether this process answers',
        response: { 200: Health },
      },
    },
    () => ({
      status: 'ok',
    }),
  );
  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'ready',
        tags: ['health'],
        summary: 'Whether this process can commit; without Redis it still can',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const [postgres, live] = await Promise.all([
        withinTimeout(sql`select 1`).then(
          () => true,
          () => false,
        ),
        redis.ping().then(
          () => true,
          () => false,
        ),
      ]);
      return reply.code(postgres ? 200 : 503).send({ status: postgres ? 'ready' : 'not ready', postgres, redis: live });
    },
  );
};
