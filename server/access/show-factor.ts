import { Problem } from '@antrean/shared/protocol/problem.ts';
import { OwnFactor } from '@antrean/shared/protocol/second-factor.ts';
import type { App } from '../http/app.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { mustHaveFactor } from './factor-policy.ts';
import { signedIn } from './guard.ts';

export const showFactorRoute = (app: App, { sql, secondFactor }: AccessPorts) =>
  app.get(
    '/v1/me/second-factor',
    {
      schema: {
        operationId: 'showFactor',
        tags: ['access'],
        summary: 'How it stands with one’s own second factor',
        response: { 200: OwnFactor, 401: Problem, 503: Problem },
      },
      preHandler: app.allowOwn,
    },
    async (request) => {
      const me = signedIn(request);
      const [factor] = await withinTimeout(sql<{ since: number; codes: number }[]>`
        select (extract(epoch from confirmed_at) * 1000)::bigint::float8 as since,
          (select count(*)::int from staff_recovery_code where staff_recovery_code.staff_id = ${me.id}) as codes
        from staff_second_factor where staff_id = ${me.id}`);
      return {
        isOn: factor !== undefined,
        isRequired: mustHaveFactor(secondFactor, me.role),
        isElsewhere: me.secondFactor === 'elsewhere',
        since: factor?.since ?? null,
        recoveryCodesLeft: factor?.codes ?? 0,
      };
    },
  );
