import type { Patch, Snapshot } from '../protocol/screens.ts';

/** What one audience sees of a branch: values by key, as plain JSON. */
export type Entries = ReadonlyMap<string, unknown>;

/** A screen's copy of a view and where it stands. */
export interface HeldView {
  readonly epoch: string;
  readonly version: number;
  readonly entries: Entries;
}

export const heldFrom = ({ epoch, version, entries }: Snapshot): HeldView => ({
  epoch,
  version,
  entries: new Map(entries),
});

/** The view after a patch, or `gap` when something in between was missed; one that is already known changes nothing. */
export const applyPatch = (held: HeldView, patch: Patch): HeldView | 'gap' => {
  if (patch.epoch !== held.epoch) return 'gap';
  if (patch.version <= held.version) return held;
  if (patch.after !== held.version) return 'gap';
  const entries = new Map(held.entries);
  for (const key of patch.gone) entries.delete(key);
  for (const [key, value] of patch.set) entries.set(key, value);
  return { epoch: held.epoch, version: patch.version, entries };
};

/** 32-bit hash of one entry; the hash of a view is the sum over its entries, so it can be kept up entry by entry. */
export const hashEntry = (key: string, value: unknown): number => hashEntryText(key, JSON.stringify(value));

/** The same for a value that is written already. */
export const hashEntryText = (key: string, json: string): number => {
  const text = `${key}=${json}`;
  let hash = 0x811c9dc5; // FNV-1a, over UTF-16 units
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
};

export const hashEntries = (entries: Entries): number => {
  let sum = 0;
  for (const [key, value] of entries) sum = (sum + hashEntry(key, value)) | 0;
  return sum;
};

/** All entries under a prefix such as `line/`, with the rest of their key. */
export const entriesUnder = <T>(entries: Entries, prefix: string): [string, T][] =>
  [...entries].filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value as T]);
