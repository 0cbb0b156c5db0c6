import { FileParams } from '@antrean/shared/protocol/files.ts';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { FilePorts } from './file-ports.ts';
import { readFiles } from './file-rows.ts';

/** Removes a file of a hall, unless a screen shows it. */
export const removeFileRoute = (app: App, { inScope }: FilePorts) =>
  app.post(
    '/v1/branches/:branchId/files/:fileId/remove',
    {
      schema: {
        operationId: 'removeFile',
        tags: ['file'],
        summary: 'Removes a file of a hall that no screen shows',
        params: FileParams,
        response: { 204: Type.Null(), ...problemsOfBody },
      },
      preHandler: app.allow('setup:change'),
    },
    async (request, reply) => {
      const { branchId, fileId } = request.params;
      const scope = signedIn(request).branchId;
      const [file] = await readFiles(inScope, { branchId, scope, id: fileId });
      if (!file) return sendProblem(request, reply, 404, 'FILE_UNKNOWN');
      const { name, kind, bytes } = file;
      const note = { ...byRequest(request), action: 'file.removed', branchId, subject: fileId } as const;
      // Looked at once more in the statement: a set-up may have been applied meanwhile that shows it.
      const removed = await inScope(
        scope,
        (sql) => sql<{ id: string }[]>`
        with removed as (
          delete from hall_file f where branch_id = ${branchId} and id = ${fileId} and not exists (
            select from branch b, jsonb_array_elements(b.screens) screen
            where b.id = f.branch_id and screen->'media'->'files' ? f.id)
          returning id, upload_id
        ),
        emptied as (
          delete from hall_file_piece where branch_id = ${branchId} and upload_id in (select upload_id from removed)
        ),
        noted as (${noteEntry(sql, 'removed', { ...note, before: { name, kind, bytes } })})
        select id from removed`,
      );
      if (removed.length > 0) return reply.code(204).send(null);
      const [still] = await readFiles(inScope, { branchId, scope, id: fileId });
      if (!still) return sendProblem(request, reply, 404, 'FILE_UNKNOWN');
      return sendProblem(request, reply, 409, 'FILE_IN_USE', { screens: still.screens.join(', ') });
    },
  );
