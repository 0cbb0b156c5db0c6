import { AuditPage, AuditQuery } from '@antrean/shared/protocol/audit.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { readEntries } from './read-entries.ts';

const pageSize = 100;

export const listAuditRoute = (app: App, { inScope }: HttpPorts) =>
  app.get(
    '/v1/audit',
    {
      schema: {
        operationId: 'listAudit',
        tags: ['access'],
        summary: 'Who did what, the latest first, a hundred at a time',
        querystring: AuditQuery,
        response: { 200: AuditPage, 400: Problem, 401: Problem, 403: Problem, 503: Problem },
      },
      preHandler: app.allow('audit:read'),
    },
    async (request) => {
      const found = await readEntries(inScope, signedIn(request), filterOf(request.query), pageSize + 1);
      const entries = found.slice(0, pageSize).map(({ text: _, ...entry }) => entry);
      return { entries, olderThan: found.length > pageSize ? (entries.at(-1)?.seq ?? null) : null };
    },
  );

/** What stands in an address is text. */
export const filterOf = ({ before, from, to, ...others }: AuditQuery) => ({
  ...others,
  ...(before !== undefined && { before: Number(before) }),
  ...(from !== undefined && { from: Number(from) }),
  ...(to !== undefined && { to: Number(to) }),
});
