import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { surveyElements } from '@antrean/shared/domain/survey.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { PeriodQuery, type SatisfactionFigures } from '@antrean/shared/protocol/survey.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import type { App } from './app.ts';
import { periodDaysMost, periodOf, todayOf } from './asked-period.ts';
import type { HttpPorts } from './ports.ts';
import { satisfactionOf } from './satisfaction-of-period.ts';
import { sendProblem } from './send-problem.ts';
import { sendTable } from './send-table.ts';

const columns = [
  ...['from', 'to', 'agency_id', 'agency', 'service_id', 'service', 'served', 'answered', 'stars_count', 'stars_mean'],
  ...['skm_count', 'skm_wanted', ...surveyElements.map((element) => `${element}_nrr`), 'ikm', 'grade'],
];

/** The same figures as a table (RFC 4180), the hall as a whole first, with agency and service `*`, then each agency as a whole. */
export const exportSatisfactionRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/satisfaction.csv',
    {
      schema: {
        operationId: 'exportSatisfaction',
        tags: ['branch'],
        summary: 'How satisfied visitors say they are, of each service, as CSV',
        params: BranchParams,
        querystring: PeriodQuery,
        response: {
          200: { content: { 'text/csv': { schema: Type.String() } } },
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('satisfaction:read'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const period = periodOf(request.query, await todayOf(ports, branchId));
      if (!period) return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: periodDaysMost });
      const { from, to } = period;
      const { all, agencies, services } = await satisfactionOf(ports, branchId, period, signedIn(request));
      const { languages, name } = (await ports.halls.branch(branchId)).setup;
      const say = (texts: Readonly<Record<string, string>>) => sayName(texts, languages[0] ?? 'en', languages);
      const nameOf = new Map(agencies.map((each) => [each.id, say(each.name)]));
      const line = (
        agencyId: string,
        id: string,
        said: string,
        { served, answered, stars, skm }: SatisfactionFigures,
      ) => [
        ...[from, to, agencyId, nameOf.get(agencyId) ?? '', id, said, served, answered, stars.count, stars.mean],
        ...[skm.count, skm.wanted, ...(skm.nrr ?? surveyElements.map(() => null)), skm.ikm, skm.grade],
      ];
      const lines = [
        line('*', '*', say(name), all),
        ...agencies.map((each) => line(each.id, '*', say(each.name), each)),
        ...services.map((each) => line(each.agencyId, each.id, say(each.name), each)),
      ];
      return sendTable(reply as FastifyReply, `antrean-satisfaction-${branchId}-${from}-${to}`, columns, lines);
    },
  );
