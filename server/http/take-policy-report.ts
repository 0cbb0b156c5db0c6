import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import { isSameOrigin } from '../push/is-same-origin.ts';
import type { App } from './app.ts';
import { sendProblem } from './send-problem.ts';

/** Where browsers tell what a page was kept from by its content security policy. */
export const policyReportPath = '/v1/policy-reports';

/** So many are logged a minute, by each server: anybody can send them. The others are counted. */
const logsAMinute = 10;
const textLimit = 200;

/** Takes reports of content security policies (CSP level 3, §5.3) and logs them, as somebody or something tried what it may not (S15). */
export const takePolicyReportRoute = (app: App) =>
  app.register((scope: App, _options, done) => {
    let minute = 0;
    let logged = 0;
    let left = 0;
    scope.addContentTypeParser(
      'application/csp-report',
      { parseAs: 'string', bodyLimit: 8_192 },
      scope.getDefaultJsonParser('error', 'error'),
    );
    scope.post(
      policyReportPath,
      {
        schema: {
          operationId: 'takePolicyReport',
          tags: ['health'],
          summary: 'A browser tells what the content security policy of a page kept it from',
          response: { 204: Type.Null(), 400: Problem, 403: Problem, 413: Problem, 415: Problem },
        },
      },
      (request, reply) => {
        if (!isSameOrigin(request.raw)) return sendProblem(request, reply, 403, 'FOREIGN_ORIGIN');
        const now = Math.floor(Date.now() / 60_000);
        if (now !== minute) [minute, logged] = [now, 0];
        const report = told(request.body);
        if (report && logged < logsAMinute) {
          logged += 1;
          const line = { ...report, from: request.ip, notLogged: left };
          request.log.warn(line, 'a page was kept from what its policy forbids');
          left = 0;
        } else if (report) left += 1;
        void reply.code(204).send(null);
      },
    );
    done();
  });

/** What of a report is worth a line; whatever else it holds, it holds no more than that. Nothing, where it is no report. */
const told = (body: unknown): Record<string, string> | null => {
  const report = (body as { 'csp-report'?: unknown } | null | undefined)?.['csp-report'];
  if (typeof report !== 'object' || report === null) return null;
  const names = new Set(['document-uri', 'effective-directive', 'blocked-uri', 'source-file', 'line-number']);
  const texts = Object.entries(report).filter(
    ([name, value]) => names.has(name) && ['string', 'number'].includes(typeof value),
  );
  return Object.fromEntries(texts.map(([name, value]) => [name, String(value).slice(0, textLimit)]));
};
