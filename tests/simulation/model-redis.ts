import { feedLength } from '@antrean/server/live/keys.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import { boardTexts } from '@antrean/server/live/board-texts.ts';
import { withoutStack } from './wire.ts';

interface Held {
  epoch: string | null;
  version: number;
  /** The version it was last loaded with: from there on the feed is whole. */
  loaded: number;
  /** Waiting tickets by service, by score. */
  readonly lines: Map<string, Map<string, number>>;
  readonly board: Map<string, string>;
  feed: FeedEntry[];
}

/** An event as JSON, by its version. */
interface FeedEntry {
  readonly version: number;
  readonly event: string;
}

const nothing = (): Held => ({ epoch: null, version: -1, loaded: 0, lines: new Map(), board: new Map(), feed: [] });

/** Redis as the live lines use it: `apply-events.lua` and `loadLines`, all at once each, and everything it can lose. */
export class ModelRedis {
  held: Held = nothing();
  /** Whether all it holds was written since it was last loaded: nothing was lost in between. */
  isWhole = false;
  readonly #boards = new WeakMap<Hall, ReadonlyMap<string, string>>();

  /** As the script does: what stands right before the run, or within it, is brought to its end. */
  apply(call: AppliedEvents): 'applied' | 'old' | 'gap' {
    const { held } = this;
    if (held.epoch !== call.epoch) return 'gap';
    if (held.version >= call.after) return 'old';
    if (held.version < call.before) return 'gap';
    const last = held.feed.at(-1)?.version ?? 0;
    if (held.version + 1 <= last) throw withoutStack(() => new Error('ERR the ID is equal or smaller'));
    for (const [at, event] of call.events.entries()) {
      const version = call.before + 1 + at;
      if (version > held.version) held.feed.push({ version, event });
    }
    if (held.feed.length > feedLength) held.feed = held.feed.slice(-feedLength);
    for (const key of call.board.gone) held.board.delete(key);
    const { now } = call.board;
    for (let at = 0; at < now.length; at += 2) held.board.set(now[at]!, now[at + 1]!);
    for (const { serviceId, left, joined } of call.lines) {
      const line = held.lines.get(serviceId) ?? new Map<string, number>();
      for (const ticketId of left) line.delete(ticketId);
      for (let at = 0; at < joined.length; at += 2) line.set(joined[at + 1]!, Number(joined[at]));
      if (line.size > 0) held.lines.set(serviceId, line);
      else held.lines.delete(serviceId);
    }
    held.version = call.after;
    return 'applied';
  }

  load(hall: Hall, epoch: string, scoreOf: (ticketId: string) => number): void {
    const last = this.held.feed.at(-1)?.version ?? 0;
    const keepsFeed = this.held.epoch === epoch && last <= hall.version;
    this.isWhole = true;
    this.held = {
      ...nothing(),
      epoch,
      version: hall.version,
      loaded: hall.version,
      feed: keepsFeed ? this.held.feed : [],
    };
    for (const ticket of hall.tickets.values()) {
      if (ticket.status !== 'waiting') continue;
      const line = this.held.lines.get(ticket.serviceId) ?? new Map<string, number>();
      this.held.lines.set(ticket.serviceId, line.set(ticket.id, scoreOf(ticket.id)));
    }
    for (const [key, json] of this.#boardOf(hall)) this.held.board.set(key, json);
  }

  /** By version, then entry by entry. */
  holds(hall: Hall, epoch: string, scoreOf: (ticketId: string) => number): boolean | 'ahead' {
    const { held } = this;
    if (held.epoch !== epoch || held.version < hall.version) return false;
    if (held.version > hall.version) return 'ahead';
    if (held.feed.length < Math.min(hall.version - held.loaded, feedLength)) return false;
    return this.wrongIn(hall, scoreOf) === null;
  }

  /** What differs from the given state: entry by entry, as `holds` compares. */
  wrongIn(hall: Hall, scoreOf: (ticketId: string) => number): 'lines are' | 'board is' | null {
    const { held } = this;
    let waiting = 0;
    for (const { id, serviceId, status } of hall.tickets.values()) {
      if (status !== 'waiting') continue;
      if (held.lines.get(serviceId)?.get(id) !== scoreOf(id)) return 'lines are';
      waiting += 1;
    }
    for (const line of held.lines.values()) waiting -= line.size;
    if (waiting !== 0) return 'lines are';
    const board = this.#boardOf(hall);
    if (board.size !== held.board.size) return 'board is';
    for (const [key, json] of board) if (held.board.get(key) !== json) return 'board is';
    return null;
  }

  /** A node at rest asks every other second about the same state. */
  #boardOf(hall: Hall): ReadonlyMap<string, string> {
    const known = this.#boards.get(hall) ?? boardTexts(hall);
    this.#boards.set(hall, known);
    return known;
  }

  feedAfter(version: number): HallEvent[] {
    return this.held.feed.filter((entry) => entry.version > version).map(({ event }) => JSON.parse(event) as HallEvent);
  }

  flush(): void {
    this.isWhole = false;
    this.held = nothing();
  }

  copy(): Held {
    return structuredClone(this.held);
  }

  /** Comes back with what it held some time ago. */
  restore(copy: Held): void {
    this.isWhole = false;
    this.held = structuredClone(copy);
  }

  evictLine(serviceId: string): void {
    this.isWhole = false;
    this.held.lines.delete(serviceId);
  }

  evictBoard(): void {
    this.isWhole = false;
    this.held.board.clear();
  }

  evictFeed(): void {
    this.held.feed = [];
  }
}

export interface AppliedEvents {
  readonly epoch: string;
  readonly before: number;
  readonly after: number;
  /** Keys that are gone, and those that are there with their JSON in turn. */
  readonly board: { readonly gone: readonly string[]; readonly now: readonly string[] };
  /** Who left a line, and who joined it with the score before the ticket. */
  readonly lines: readonly (LineChange & { readonly serviceId: string })[];
  /** As JSON, from the version after `before` on. */
  readonly events: readonly string[];
}

interface LineChange {
  readonly left: readonly string[];
  readonly joined: readonly string[];
}

/** Takes the arguments of the script apart, as `apply-events.lua` reads them (`KEYS`, then `ARGV`). */
export const readScriptCall = (args: readonly (string | number)[]): AppliedEvents & { readonly news: string } => {
  const keyCount = Number(args[0]);
  const [epoch, before, after, , board, lines, , news, events, services] = args.slice(1 + keyCount).map(String);
  const serviceIds = JSON.parse(services!) as string[];
  return {
    epoch: epoch!,
    before: Number(before),
    after: Number(after),
    board: JSON.parse(board!) as AppliedEvents['board'],
    lines: (JSON.parse(lines!) as LineChange[]).map((line, at) => ({ ...line, serviceId: serviceIds[at]! })),
    events: events!.trimEnd().split('\n'),
    news: news!,
  };
};
