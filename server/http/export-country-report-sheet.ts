import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { catalogueFor } from '@antrean/shared/locales/translate.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { CountryReportSheetQuery } from '@antrean/shared/protocol/report.ts';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import type { App } from './app.ts';
import { askedLanguage } from './asked-language.ts';
import type { HttpPorts } from './ports.ts';
import { reportOf } from './report-of-period.ts';
import { sendProblem } from './send-problem.ts';
import { sendReportSheet } from './send-report-sheet.ts';

/** The same figures as a workbook, for people. */
export const exportCountryReportSheetRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/report.xlsx',
    {
      schema: {
        operationId: 'exportCountryReportSheet',
        tags: ['branch'],
        summary: 'The same of all halls together that the account may see, as a workbook',
        querystring: CountryReportSheetQuery,
        response: {
          200: {
            content: {
              'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: Type.Unsafe<Buffer>({}) },
            },
          },
          400: Problem,
          401: Problem,
          403: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('report:read'),
    },
    async (request, reply) => {
      const { language: asked, ...query } = request.query;
      const language = asked ? catalogueFor(asked) : askedLanguage(request.headers['accept-language']);
      const me = signedIn(request);
      const answer = await reportOf(ports, me.branchId as BranchId | null, query, me);
      if (answer.kind !== 'done') return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: answer.days });
      return sendReportSheet(reply as FastifyReply, 'all', answer.report, { language, names: [], whole: () => null });
    },
  );
