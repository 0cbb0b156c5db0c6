import type { FileKind } from '@antrean/shared/protocol/files.ts';
import { fileTypeFromBuffer } from 'file-type';

export interface FileType {
  readonly kind: FileKind;
  readonly mediaType: string;
}

/** What a file may be, by what its bytes say, and as what it is served. No SVG and no HTML: these are programs (S17). */
const known: Readonly<Record<string, FileType>> = {
  'image/png': { kind: 'picture', mediaType: 'image/png' },
  'image/jpeg': { kind: 'picture', mediaType: 'image/jpeg' },
  'image/webp': { kind: 'picture', mediaType: 'image/webp' },
  'video/mp4': { kind: 'video', mediaType: 'video/mp4' },
  'video/x-m4v': { kind: 'video', mediaType: 'video/mp4' },
  'video/webm': { kind: 'video', mediaType: 'video/webm' },
  'audio/mpeg': { kind: 'sound', mediaType: 'audio/mpeg' },
  'audio/wav': { kind: 'sound', mediaType: 'audio/wav' },
  'audio/ogg': { kind: 'sound', mediaType: 'audio/ogg' },
  'audio/x-m4a': { kind: 'sound', mediaType: 'audio/mp4' },
};

export const servedTypes: readonly string[] = [...new Set(Object.values(known).map(({ mediaType }) => mediaType))];

/** @param start of the file, some kilobytes @returns `undefined`: nothing that a hall may keep */
export const fileTypeOf = async (start: Uint8Array): Promise<FileType | undefined> => {
  const found = await fileTypeFromBuffer(start).catch(() => undefined);
  const [plain = ''] = found?.mime.split(';') ?? [];
  return known[plain];
};
