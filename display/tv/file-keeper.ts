/** How much of its files a TV keeps, bytes: old ones have a gigabyte for everything. */
const mostKept = 96 * 1024 * 1024;
/** How long a file may take to come, ms: a video over a slow line. */
const patienceMs = 120_000;

/**
 * The files of a screen, kept by this page: a browser keeps what it likes, and asks its server for parts of a video even
 * so. What is beyond what a TV can keep is fetched each time it is shown, and passed over while the link is lost.
 */
export class FileKeeper {
  readonly #branchId: string;
  readonly #kept = new Map<string, Blob>();
  readonly #coming = new Map<string, Promise<Blob | null>>();

  constructor(branchId: string) {
    this.#branchId = branchId;
  }

  /** A file; `null` when it cannot be had now. */
  async get(id: string): Promise<Blob | null> {
    const kept = this.#kept.get(id);
    if (kept) return kept;
    const coming = this.#coming.get(id) ?? fetchFile(`/v1/branches/${this.#branchId}/files/${id}`);
    this.#coming.set(id, coming);
    const file = await coming;
    this.#coming.delete(id);
    if (file && this.#size + file.size <= mostKept) this.#kept.set(id, file);
    return file;
  }

  get #size(): number {
    return [...this.#kept.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

const fetchFile = async (address: string): Promise<Blob | null> => {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), patienceMs);
  try {
    const answer = await fetch(address, { signal: abort.signal });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
};
