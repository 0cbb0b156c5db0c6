import { Readable } from 'node:stream';
import { AuditQuery } from '@antrean/shared/protocol/audit.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { sendProblem } from '../http/send-problem.ts';
import { filterOf } from './list-audit.ts';
import { noteAlone, byRequest } from './note-entry.ts';
import { type AuditFilter, readEntries } from './read-entries.ts';

const entriesPerRead = 1_000;

/** The trail as JSON lines, each with the text its hash is over: whoever has the file can check the chain without us. */
export const exportAuditRoute = (app: App, { sql, inScope }: HttpPorts) => {
  // One at a time on each node: a long trail is much to read, and nobody needs it twice at once.
  let isUnderWay = false;
  return app.get(
    '/v1/audit.jsonl',
    {
      schema: {
        operationId: 'exportAudit',
        tags: ['access'],
        summary: 'The audit trail as JSON lines, the latest first: text and hash of each entry',
        querystring: AuditQuery,
        response: {
          200: { content: { 'application/x-ndjson': { schema: Type.Unsafe<Readable>(Type.String()) } } },
          400: Problem,
          401: Problem,
          403: Problem,
          429: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('audit:read'),
    },
    async (request, reply) => {
      if (isUnderWay) return sendProblem(request, reply.header('retry-after', '5'), 429, 'EXPORT_UNDER_WAY');
      isUnderWay = true;
      // However it ends: sent, broken off by the reader, or never begun.
      reply.raw.once('close', () => (isUnderWay = false));
      const me = signedIn(request);
      const filter = filterOf(request.query);
      const { branchId, agencyId } = me;
      await noteAlone(sql, {
        ...byRequest(request),
        action: 'audit.exported',
        branchId,
        agencyId,
        subject: me.id,
        after: filter,
      });
      const lines = async function* (): AsyncGenerator<string> {
        let from: AuditFilter = filter;
        for (;;) {
          const entries = await readEntries(inScope, me, from, entriesPerRead);
          for (const { text, hash } of entries) yield `${JSON.stringify({ text, hash })}\n`;
          const last = entries.at(-1);
          if (!last || entries.length < entriesPerRead) return;
          from = { ...filter, before: last.seq };
        }
      };
      return reply
        .type('application/x-ndjson')
        .header('content-disposition', 'attachment; filename="antrean-audit.jsonl"')
        .send(Readable.from(lines()));
    },
  );
};
