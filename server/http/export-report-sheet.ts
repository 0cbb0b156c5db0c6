import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { catalogueFor } from '@antrean/shared/locales/translate.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { ReportSheetQuery } from '@antrean/shared/protocol/report.ts';
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
export const exportReportSheetRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/report.xlsx',
    {
      schema: {
        operationId: 'exportReportSheet',
        tags: ['branch'],
        summary: 'How long visitors waited, walked and were served in a period, as a workbook (XLSX)',
        params: BranchParams,
        querystring: ReportSheetQuery,
        response: {
          200: {
            content: {
              'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: Type.Unsafe<Buffer>({}) },
            },
          },
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('report:read'),
    },
    async (request, reply) => {
      const { language: asked, ...query } = request.query;
      const language = asked ? catalogueFor(asked) : askedLanguage(request.headers['accept-language']);
      const branchId = request.params.branchId as BranchId;
      const answer = await reportOf(ports, branchId, query, signedIn(request));
      if (answer.kind !== 'done') return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: answer.days });
      const { languages, name } = (await ports.halls.branch(branchId)).setup;
      const { report } = answer;
      const words = { language, names: languages, whole: (say: (texts: typeof name) => string) => say(name) };
      return sendReportSheet(reply as FastifyReply, branchId, report, words);
    },
  );
