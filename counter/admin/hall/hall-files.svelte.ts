import { newCommandId } from '@antrean/shared/client/command-id.ts';
import { type FileView, mostBytes, pieceBytes } from '@antrean/shared/protocol/files.ts';
import type { Speech } from '@antrean/shared/screen/speech.svelte.ts';
import type { Asking } from '../asking.svelte.ts';

const megabyte = 1024 * 1024;
/** What a file may be called (short-text.ts). */
const mostLetters = 80;

/** A file on its way to the server. */
interface Coming {
  readonly name: string;
  /** How much of it is there, 0 to 1. */
  readonly share: number;
}

/** The files of a hall, brought and removed at once: they are there for drafts to show. */
export class HallFiles {
  readonly asking: Asking;
  readonly #path: string;
  readonly #speech: Speech;
  #files = $state.raw<readonly FileView[] | null>(null);
  #coming = $state.raw<Coming | null>(null);
  #refused = $state<string | null>(null);

  constructor(branchId: string, asking: Asking, speech: Speech) {
    this.#path = `/v1/branches/${branchId}`;
    this.asking = asking;
    this.#speech = speech;
  }

  /** The newest first; `null` until they are known. */
  get all(): readonly FileView[] | null {
    return this.#files;
  }

  get coming(): Coming | null {
    return this.#coming;
  }

  /** Why a file was not even sent. */
  get refused(): string | null {
    return this.#refused;
  }

  /** Where a browser finds it. */
  addressOf(id: string): string {
    return `${this.#path}/files/${id}`;
  }

  readonly load = async (): Promise<void> => {
    this.#files = (await this.asking.ask<FileView[]>(`${this.#path}/files`)) ?? this.#files;
  };

  /** Brings a file in pieces. @returns `null` where it is not kept, and why is told */
  async add(file: File): Promise<FileView | null> {
    this.#refused = null;
    const kind = file.type.startsWith('image/') ? 'picture' : 'video';
    if (file.size > mostBytes[kind]) {
      this.#refused = this.#speech.say('refusal.FILE_TOO_LARGE', { kind, most: mostBytes[kind] / megabyte });
      return null;
    }
    try {
      return await this.#send(file);
    } finally {
      this.#coming = null;
    }
  }

  async #send(file: File): Promise<FileView | null> {
    const uploadId = newCommandId();
    const name = nameOf(file);
    for (let at = 0; at === 0 || at * pieceBytes < file.size; at++) {
      this.#coming = { name, share: (at * pieceBytes) / Math.max(1, file.size) };
      const piece = file.slice(at * pieceBytes, (at + 1) * pieceBytes);
      await this.asking.ask(`${this.#path}/uploads/${uploadId}/pieces/${at}`, piece);
      if (this.asking.message !== null) return null;
    }
    this.#coming = { name, share: 1 };
    const kept = await this.asking.ask<FileView>(`${this.#path}/files`, { uploadId, name });
    if (kept) await this.load();
    return kept;
  }

  async remove(id: string): Promise<void> {
    await this.asking.ask(`${this.#path}/files/${id}/remove`, {});
    if (this.asking.message === null) await this.load();
  }
}

/** What people call it: without what is hidden in it, and not too long. */
const nameOf = ({ name }: File): string => {
  const plain = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return plain.slice(0, mostLetters).trim() || '-';
};
