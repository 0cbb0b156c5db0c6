import { createHash, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import {
  FileView,
  hallBytes,
  KeepFileBody,
  mostBytes,
  mostPixels,
  pieceBytes,
} from '@antrean/shared/protocol/files.ts';
import { signedIn } from '../access/guard.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { type ProblemCode, sendProblem } from '../http/send-problem.ts';
import type { FilePorts } from './file-ports.ts';
import { readFiles } from './file-rows.ts';
import { type FileType, fileTypeOf } from './file-types.ts';
import { dropPieces, measurePieces, readPiece, streamPieces, type Upload, writePieces } from './pieces.ts';

const megabyte = 1024 * 1024;

/** Looks at what came in pieces, and keeps it as a file of the hall or says why not; the pieces are gone then. */
export const keepFileRoute = (app: App, ports: FilePorts) => {
  const { inScope } = ports;
  return app.post(
    '/v1/branches/:branchId/files',
    {
      schema: {
        operationId: 'keepFile',
        tags: ['file'],
        summary: 'Keeps the pieces of an upload as a file of the hall: a picture, a video or a recording, by its bytes',
        params: BranchParams,
        body: KeepFileBody,
        response: { 201: FileView, ...problemsOfBody },
      },
      preHandler: app.allow('setup:change'),
    },
    async (request, reply) => {
      const { branchId } = request.params;
      const { uploadId, name } = request.body;
      const scope = signedIn(request).branchId;
      const came: Upload = { branchId, uploadId, scope };
      const sizes = await measurePieces(inScope, came);
      if (sizes.length === 0 || sizes.slice(0, -1).some((size) => size !== pieceBytes)) {
        return sendProblem(request, reply, 409, 'FILE_INCOMPLETE');
      }
      const looked = await look(ports, came, sum(sizes));
      if ('code' in looked) {
        await dropPieces(inScope, came);
        return sendProblem(request, reply, looked.status, looked.code, looked.details);
      }
      const { type, upload, bytes } = looked;
      const id = await hashOf(ports, upload, bytes);
      const after = { name, kind: type.kind, bytes };
      const note = { ...byRequest(request), action: 'file.added', branchId, subject: id, after } as const;
      const kept = await inScope(
        scope,
        (sql) => sql<{ id: string }[]>`
        with kept as (
          insert into hall_file (branch_id, id, upload_id, name, kind, media_type, bytes, added_by)
          select ${branchId}, ${id}, ${upload.uploadId}, ${name}, ${type.kind}, ${type.mediaType}, ${bytes}, ${signedIn(request).id}
          where (select coalesce(sum(bytes), 0) from hall_file where branch_id = ${branchId}) <= ${hallBytes - bytes}
          on conflict (branch_id, id) do nothing
          returning id
        ),
        noted as (${noteEntry(sql, 'kept', note)})
        select id from kept`,
      );
      if (upload !== came || kept.length === 0) await dropPieces(inScope, came);
      if (upload !== came && kept.length === 0) await dropPieces(inScope, upload);
      const [file] = await readFiles(inScope, { branchId, scope, id });
      if (!file) return sendProblem(request, reply, 409, 'FILES_FULL', { most: hallBytes / megabyte });
      return reply.code(201).send(file);
    },
  );
};

interface Looked {
  readonly type: FileType;
  readonly upload: Upload;
  readonly bytes: number;
}

interface Refused {
  readonly status: number;
  readonly code: ProblemCode;
  readonly details?: Readonly<Record<string, string | number>>;
}

/** What it is and where its bytes are, a picture's written anew; or why it is not kept. */
const look = async ({ inScope, redrawing }: FilePorts, upload: Upload, bytes: number): Promise<Looked | Refused> => {
  const type = await fileTypeOf(await readPiece(inScope, upload, 0));
  if (!type) return { status: 415, code: 'FILE_OF_UNKNOWN_KIND' };
  const { kind, mediaType } = type;
  const most = mostBytes[kind];
  if (bytes > most) return { status: 413, code: 'FILE_TOO_LARGE', details: { kind, most: most / megabyte } };
  if (kind !== 'picture') return { type, upload, bytes };
  const came = await buffer(streamPieces(inScope, upload, 0, bytes - 1));
  const redrawn = await redrawing.redraw({ bytes: came, mediaType });
  if (typeof redrawn === 'string') return { status: 400, code: redrawn, details: { most: mostPixels } };
  const written: Upload = { ...upload, uploadId: randomUUID() };
  await writePieces(inScope, written, redrawn);
  return { type, upload: written, bytes: redrawn.length };
};

const hashOf = async ({ inScope }: FilePorts, upload: Upload, bytes: number): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of streamPieces(inScope, upload, 0, bytes - 1)) hash.update(piece as Buffer);
  return hash.digest('hex');
};

const sum = (sizes: readonly number[]): number => sizes.reduce((before, size) => before + size, 0);
