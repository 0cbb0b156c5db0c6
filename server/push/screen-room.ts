import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { AgencyId } from '@antrean/shared/domain/ids.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import type { AudienceName, Heartbeat, Patch, Snapshot } from '@antrean/shared/protocol/screens.ts';
import { isShownTo } from '@antrean/shared/views/agency-floor.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import type { Changes } from '@antrean/shared/views/changes.ts';
import { hashEntryText } from '@antrean/shared/views/entries.ts';

/** An agency of the hall, and the hall's set-up as this node has it now. */
interface Agency {
  readonly id: AgencyId;
  readonly setup: () => BranchSetup;
}

/** Changes that only move waiting counts are told together, at most this often, ms (SHOW-4). */
const coalesceMs = 250;

/**
 * What all screens of one audience of one branch hold, kept up with the ledger. Sends each change once, to all: the
 * content itself, never "go and fetch".
 */
export class ScreenRoom {
  readonly #audience: AudienceName;
  readonly #only: Agency | undefined;
  /** As all entries were last looked at. */
  #setup: BranchSetup | undefined;
  readonly #send: (patch: Patch) => void;
  readonly #clock: () => number;
  #hall: Hall;
  #epoch: string;
  /** As last sent. */
  #version: number;
  /** Value and its JSON by key, as last sent. */
  readonly #entries = new Map<string, { value: unknown; json: string; hash: number }>();
  #hash = 0;
  readonly #dirty = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #snapshot: Snapshot | null = null;

  constructor(options: {
    audience: AudienceName;
    hall: Hall;
    epoch: string;
    clock: () => number;
    send: (patch: Patch) => void;
    /** The only agency whose desks and visitors these screens show; absent: all. */
    only?: Agency;
  }) {
    this.#audience = options.audience;
    this.#hall = options.hall;
    this.#epoch = options.epoch;
    this.#clock = options.clock;
    this.#send = options.send;
    this.#only = options.only;
    this.#setup = options.only?.setup();
    this.#version = options.hall.version;
    for (const key of audienceOf[this.#audience].keys(this.#hall)) this.#put(key);
  }

  follow(hall: Hall, { keys, isUrgent }: Changes): void {
    // A room made a moment ago may hold this already.
    if (hall.version <= this.#hall.version) return;
    this.#hall = hall;
    this.#noteSetup();
    for (const key of keys) if (this.#audience === 'floor' || isPublic(key)) this.#dirty.add(key);
    if (isUrgent) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), coalesceMs);
  }

  /** Sends what has changed since the last patch. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    // The list of recent calls is bounded: whatever came in may have pushed others out.
    for (const key of this.#entries.keys()) if (key.startsWith('call/')) this.#dirty.add(key);
    const set: [string, unknown][] = [];
    const gone: string[] = [];
    for (const key of this.#dirty) {
      const change = this.#put(key);
      if (change === 'gone') gone.push(key);
      else if (change === 'set') set.push([key, this.#entries.get(key)?.value]);
    }
    this.#dirty.clear();
    if (set.length === 0 && gone.length === 0) return;
    this.#snapshot = null;
    const after = this.#version;
    this.#version = this.#hall.version;
    this.#send({ epoch: this.#epoch, after, version: this.#version, at: this.#clock(), set, gone });
  }

  /** What a screen needs to begin with, or to begin again; built once for all that ask between two changes. */
  snapshot(): Snapshot {
    this.#snapshot ??= {
      epoch: this.#epoch,
      version: this.#version,
      at: 0,
      entries: [...this.#entries].map(([key, { value }]) => [key, value]),
    };
    return { ...this.#snapshot, at: this.#clock() };
  }

  heartbeat(): Heartbeat {
    // Where no event came with it, screens see by the hash that they hold something else, and ask for all.
    if (this.#noteSetup()) this.flush();
    return { epoch: this.#epoch, version: this.#version, hash: this.#hash, at: this.#clock() };
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** A node reads a new set-up a moment after it heard of it, and other services and counters may be the agency's then. */
  #noteSetup(): boolean {
    const setup = this.#only?.setup();
    if (setup === this.#setup) return false;
    this.#setup = setup;
    for (const key of audienceOf[this.#audience].keys(this.#hall)) this.#dirty.add(key);
    for (const key of this.#entries.keys()) this.#dirty.add(key);
    return true;
  }

  #shows(key: string): boolean {
    return !this.#only || !this.#setup || isShownTo(this.#only.id, this.#hall, this.#setup, key);
  }

  #put(key: string): 'set' | 'gone' | 'same' {
    const value = this.#shows(key) ? audienceOf[this.#audience].value(this.#hall, key) : undefined;
    const held = this.#entries.get(key);
    if (value === undefined) {
      if (!held) return 'same';
      this.#hash = (this.#hash - held.hash) | 0;
      this.#entries.delete(key);
      return 'gone';
    }
    const json = JSON.stringify(value);
    if (held?.json === json) return 'same';
    const hash = hashEntryText(key, json);
    this.#hash = (this.#hash - (held?.hash ?? 0) + hash) | 0;
    this.#entries.set(key, { value, json, hash });
    return 'set';
  }
}

const isPublic = (key: string): boolean => key !== 'totals' && !/^(desk|visit|undo|aside)\//.test(key);
