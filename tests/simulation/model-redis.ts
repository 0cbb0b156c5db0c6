import { isDeepStrictEqual } from 'node:util';
import { feedLength } from '@antrean/server/live/keys.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import { boardTexts } from '@antrean/server/live/board-texts.ts';

interface Held {
  epoch: string | null;
  version: number;
  /** Waiting tickets by service, by score. */
  readonly lines: Map<string, Map<string, number>>;
  readonly board: Map<string, string>;
  feed: HallEvent[];
}

const nothing = (): Held => ({ epoch: null, version: -1, lines: new Map(), board: new Map(), feed: [] });

/** Redis as the live lines use it: `apply-events.lua` and `loadLines`, all at once each, and everything it can lose. */
export class ModelRedis {
  held: Held = nothing();

  /** As the script does: what stands right before the run, or within it, is brought to its end. */
  apply(call: AppliedEvents): 'applied' | 'old' | 'gap' {
    const { held } = this;
    if (held.epoch !== call.epoch) return 'gap';
    if (held.version >= call.after) return 'old';
    if (held.version < call.before) return 'gap';
    const events = call.events.filter((event) => event.version > held.version);
    const last = held.feed.at(-1)?.version ?? 0;
    if (held.version + 1 <= last) throw new Error('ERR the ID is equal or smaller');
    held.feed = [...held.feed, ...events].slice(-feedLength);
    for (const key of call.board.gone) held.board.delete(key);
    for (const [key, json] of pairs(call.board.now)) held.board.set(key, json);
    for (const { serviceId, left, joined } of call.lines) {
      const line = held.lines.get(serviceId) ?? new Map<string, number>();
      for (const ticketId of left) line.delete(ticketId);
      for (const [score, ticketId] of pairs(joined)) line.set(ticketId, Number(score));
      if (line.size > 0) held.lines.set(serviceId, line);
      else held.lines.delete(serviceId);
    }
    held.version = call.after;
    return 'applied';
  }

  load(hall: Hall, epoch: string, scoreOf: (ticketId: string) => number): void {
    const last = this.held.feed.at(-1)?.version ?? 0;
    const keepsFeed = this.held.epoch === epoch && last <= hall.version;
    this.held = { ...nothing(), epoch, version: hall.version, feed: keepsFeed ? this.held.feed : [] };
    for (const ticket of hall.tickets.values()) {
      if (ticket.status !== 'waiting') continue;
      const line = this.held.lines.get(ticket.serviceId) ?? new Map<string, number>();
      this.held.lines.set(ticket.serviceId, line.set(ticket.id, scoreOf(ticket.id)));
    }
    for (const [key, json] of boardTexts(hall)) this.held.board.set(key, json);
  }

  /** By version and entry by entry, as `holds` compares. */
  holds(hall: Hall, epoch: string, scoreOf: (ticketId: string) => number): boolean {
    const { held } = this;
    if (held.epoch !== epoch || held.version < hall.version) return false;
    if (held.version > hall.version) return true;
    const wanted = new ModelRedis();
    wanted.load(hall, epoch, scoreOf);
    return isDeepStrictEqual([held.lines, held.board], [wanted.held.lines, wanted.held.board]);
  }

  feedAfter(version: number): HallEvent[] {
    return this.held.feed.filter((event) => event.version > version);
  }

  flush(): void {
    this.held = nothing();
  }

  copy(): Held {
    return structuredClone(this.held);
  }

  /** Comes back with what it held some time ago. */
  restore(copy: Held): void {
    this.held = structuredClone(copy);
  }

  evictLine(serviceId: string): void {
    this.held.lines.delete(serviceId);
  }

  evictBoard(): void {
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
  readonly events: readonly HallEvent[];
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
    events: events!
      .trimEnd()
      .split('\n')
      .map((event) => JSON.parse(event) as HallEvent),
    news: news!,
  };
};

/** What stands in turn in a list, two by two. */
const pairs = (list: readonly string[]): (readonly [string, string])[] =>
  Array.from({ length: list.length / 2 }, (_, at) => [list[2 * at]!, list[2 * at + 1]!]);
