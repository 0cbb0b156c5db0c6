import type { Readable } from 'node:stream';
import { FileParams } from '@antrean/shared/protocol/files.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parse } from 'range-parser';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { FilePorts } from './file-ports.ts';
import { servedTypes } from './file-types.ts';
import { streamPieces } from './pieces.ts';

const content = Object.fromEntries(
  servedTypes.map((type) => [type, { schema: Type.Unsafe<Readable>(Type.String({ format: 'binary' })) }]),
);

interface Kept {
  readonly uploadId: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** Gives a file of a hall, or a part of it: what hangs on the wall of the hall anyway. As its own page it can do nothing (S15). */
export const showFileRoute = (app: App, { inScope }: Pick<FilePorts, 'inScope'>) =>
  app.get(
    '/v1/branches/:branchId/files/:fileId',
    {
      schema: {
        operationId: 'showFile',
        tags: ['file'],
        summary:
          'A picture, a video or a recording of a hall, also a range of its bytes; what an id names never changes',
        params: FileParams,
        response: {
          200: { content },
          206: { description: 'the bytes that were asked for', content },
          304: Type.Null({ description: 'unchanged, as it always is' }),
          400: Problem,
          404: Problem,
          416: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('branch:read'),
    },
    async (request, reply) => {
      const { branchId, fileId } = request.params;
      const [file] = await inScope(
        null,
        (sql) => sql<Kept[]>`
        select upload_id as "uploadId", media_type as "mediaType", bytes from hall_file
        where branch_id = ${branchId} and id = ${fileId}`,
      );
      if (!file) return sendProblem(request, reply, 404, 'FILE_UNKNOWN');
      const span = spanOf(request, reply, file.bytes);
      if (!span) return sendProblem(request, reply, 416, 'RANGE_UNKNOWN');
      const etag = `"${fileId}"`;
      void reply.headers({
        etag,
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
        'accept-ranges': 'bytes',
      });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send(null);
      const upload = { branchId, uploadId: file.uploadId, scope: null };
      return reply
        .type(file.mediaType)
        .header('content-length', span.end - span.start + 1)
        .send(streamPieces(inScope, upload, span.start, span.end));
    },
  );

/** What the parser says of ranges that begin after the last byte. */
const beyondTheEnd = 2;

/** The bytes to send, the last included; what is asked for in several parts is sent whole. `null`: there are none such. */
const spanOf = (request: FastifyRequest, reply: FastifyReply, bytes: number): { start: number; end: number } | null => {
  const whole = { start: 0, end: bytes - 1 };
  const { range } = request.headers;
  if (range === undefined) return whole;
  const { code, type, ranges } = parse(bytes, range);
  const [only] = ranges;
  if (type === 'bytes' && code === beyondTheEnd && !only) {
    void reply.header('content-range', `bytes */${bytes}`);
    return null;
  }
  if (!only || type !== 'bytes' || ranges.length > 1) return whole;
  void reply.code(206).header('content-range', `bytes ${only.start}-${only.end}/${bytes}`);
  return only;
};
