import { PieceParams, pieceBytes } from '@antrean/shared/protocol/files.ts';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { FilePorts } from './file-ports.ts';
import { dropUnfinished, writePiece } from './pieces.ts';

const bytes = 'application/octet-stream';

/**
 * Takes a piece of a file. In pieces, because a request has ten seconds and a statement three: a video over a slow line
 * needs minutes, and no request, statement or moment of this process holds more than half a megabyte of it.
 */
export const takePieceRoute = (app: App, { inScope }: FilePorts) =>
  // In a part of its own: bytes are taken nowhere else.
  app.register((scope: App, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(bytes, { parseAs: 'buffer' }, (_request, body, taken) => taken(null, body));
    scope.post(
      '/v1/branches/:branchId/uploads/:uploadId/pieces/:position',
      {
        schema: {
          operationId: 'takePiece',
          tags: ['file'],
          summary: `Takes a piece of a file: ${pieceBytes} bytes, the last may have fewer; the same piece again changes nothing`,
          params: PieceParams,
          body: { content: { [bytes]: { schema: Type.Unsafe<Buffer>({ description: 'the bytes as they are' }) } } },
          response: { 204: Type.Null(), ...problemsOfBody },
        },
        onRequest: app.allow('setup:change'),
        bodyLimit: pieceBytes,
      },
      async (request, reply) => {
        const { branchId, uploadId, position } = request.params;
        const content: unknown = request.body;
        if (!Buffer.isBuffer(content) || content.length === 0) {
          return sendProblem(request, reply, 400, 'INVALID', { reason: `body must be ${bytes}` });
        }
        const upload = { branchId, uploadId, scope: signedIn(request).branchId };
        const [known] = await inScope(upload.scope, (sql) => sql`select from branch where id = ${branchId}`);
        if (!known) return sendProblem(request, reply, 404, 'BRANCH_UNKNOWN');
        if (position === '0') await dropUnfinished(inScope, upload);
        await writePiece(inScope, upload, Number(position), content);
        return reply.code(204).send(null);
      },
    );
    done();
  });
