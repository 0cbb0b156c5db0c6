import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { ShortText } from './short-text.ts';
import { uuid } from './uuid.ts';

const strict = { additionalProperties: false };
const id = Type.String({ pattern: idPattern });
const megabyte = 1024 * 1024;

/** A file comes and is kept in pieces of so many bytes; only its last may be smaller. */
export const pieceBytes = megabyte / 2;
/** What all files of a hall together may have, bytes. */
export const hallBytes = 1024 * megabyte;
/** How wide and how high a picture may be, pixels. */
export const mostPixels = 4096;

export const fileKinds = ['picture', 'video', 'sound'] as const;
export type FileKind = (typeof fileKinds)[number];

/** What one file of a kind may have, bytes. */
export const mostBytes: Readonly<Record<FileKind, number>> = {
  picture: 4 * megabyte,
  video: 40 * megabyte,
  sound: megabyte,
};
const mostPieces = Math.max(...Object.values(mostBytes)) / pieceBytes;

export const FileParams = Type.Object({ branchId: id, fileId: id }, strict);
export const PieceParams = Type.Object(
  {
    branchId: id,
    uploadId: uuid('made by the sender, the same for all pieces of a file'),
    position: Type.String({ pattern: '^(0|[1-9][0-9]?)$', description: `0 to ${mostPieces - 1}` }),
  },
  strict,
);
export const KeepFileBody = Type.Object({ uploadId: uuid('that of its pieces'), name: ShortText }, strict);

/** A file of a hall, as those see it who set the hall up. */
export const FileView = Type.Object(
  {
    id: Type.String({ description: 'SHA-256 of its bytes' }),
    name: Type.String(),
    kind: Type.Enum([...fileKinds]),
    mediaType: Type.String(),
    bytes: Type.Integer(),
    addedAt: Type.Integer({ description: 'epoch ms' }),
    screens: Type.Array(Type.String(), { description: 'ids of the screens that show it' }),
  },
  strict,
);
export type FileView = Static<typeof FileView>;
export const FilesView = Type.Array(FileView);
