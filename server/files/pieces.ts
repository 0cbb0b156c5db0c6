import { Readable } from 'node:stream';
import { pieceBytes } from '@antrean/shared/protocol/files.ts';
import type { InScope } from '../ledger/in-scope.ts';

/** The pieces of an upload, and on whose behalf they are read or written. */
export interface Upload {
  readonly branchId: string;
  readonly uploadId: string;
  /** The hall that whoever asks is limited to; `null`: to none. */
  readonly scope: string | null;
}

/** How large the pieces of an upload are, in their order, bytes. Empty when one of them is missing. Throws what Postgres throws. */
export const measurePieces = async (inScope: InScope, { branchId, uploadId, scope }: Upload): Promise<number[]> => {
  const pieces = await inScope(
    scope,
    (sql) => sql<{ position: number; bytes: number }[]>`
    select position, octet_length(content) as bytes from hall_file_piece
    where branch_id = ${branchId} and upload_id = ${uploadId} order by position`,
  );
  return pieces.every(({ position }, at) => position === at) ? pieces.map(({ bytes }) => bytes) : [];
};

/** One piece. Throws when there is none, and what Postgres throws. */
export const readPiece = async (inScope: InScope, upload: Upload, position: number): Promise<Buffer> => {
  const { branchId, uploadId, scope } = upload;
  const [piece] = await inScope(
    scope,
    (sql) => sql<{ content: Buffer }[]>`
    select content from hall_file_piece
    where branch_id = ${branchId} and upload_id = ${uploadId} and position = ${position}`,
  );
  if (!piece) throw new Error(`piece ${position} of a file is missing`);
  return piece.content;
};

/** Bytes of an upload from `start` to `end`, both included, a piece at a time: never the whole file in memory. */
export const streamPieces = (inScope: InScope, upload: Upload, start: number, end: number): Readable =>
  Readable.from(
    (async function* () {
      for (let position = Math.floor(start / pieceBytes); position * pieceBytes <= end; position++) {
        const piece = await readPiece(inScope, upload, position);
        const begins = position * pieceBytes;
        yield piece.subarray(Math.max(0, start - begins), end - begins + 1);
      }
    })(),
    { objectMode: false },
  );

/** Writes bytes as pieces. Throws what Postgres throws. */
export const writePieces = async (inScope: InScope, upload: Upload, bytes: Uint8Array): Promise<void> => {
  for (let position = 0; position * pieceBytes < bytes.length; position++) {
    const content = Buffer.from(bytes.subarray(position * pieceBytes, (position + 1) * pieceBytes));
    await writePiece(inScope, upload, position, content);
  }
};

/** Writes one piece; what was written before, and what is a file already, stays. Throws what Postgres throws. */
export const writePiece = (inScope: InScope, upload: Upload, position: number, content: Buffer): Promise<object> => {
  const { branchId, uploadId, scope } = upload;
  return inScope(
    scope,
    (sql) => sql`
    insert into hall_file_piece (branch_id, upload_id, position, content)
    select ${branchId}, ${uploadId}, ${position}, ${content}
    where not exists (select from hall_file where branch_id = ${branchId} and upload_id = ${uploadId})
    on conflict do nothing`,
  );
};

/** Removes the pieces of an upload. Throws what Postgres throws. */
export const dropPieces = (inScope: InScope, { branchId, uploadId, scope }: Upload): Promise<object> =>
  inScope(scope, (sql) => sql`delete from hall_file_piece where branch_id = ${branchId} and upload_id = ${uploadId}`);

/** Removes what nobody finished within a day. Throws what Postgres throws. */
export const dropUnfinished = (inScope: InScope, { branchId, scope }: Omit<Upload, 'uploadId'>): Promise<object> =>
  inScope(
    scope,
    (sql) => sql`
    delete from hall_file_piece p where branch_id = ${branchId} and added_at < now() - interval '1 day'
      and not exists (select from hall_file f where f.branch_id = p.branch_id and f.upload_id = p.upload_id)`,
  );
