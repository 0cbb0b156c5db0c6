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

  /** As the script does: only what stands right before is applied. */
  apply(call: AppliedEvents): 'applied' | 'old' | 'gap' {
    const { held } = this;
    if (held.epoch !== call.epoch) return 'gap';
    if (held.version >= call.after) return 'old';
    if (held.version !== call.before) return 'gap';
    const last = held.feed.at(-1)?.version ?? 0;
    if (call.events.length > 0 && call.before + 1 <= last) throw new Error('ERR the ID is equal or smaller');
    held.feed = [...held.feed, ...call.events].slice(-feedLength);
    for (let at = 0; at < call.board.length; at += 2) {
      const [key, json] = [call.board[at]!, call.board[at + 1]!];
      if (json === '') held.board.delete(key);
      else held.board.set(key, json);
    }
    for (const { serviceId, ticketId, score } of call.lines) {
      const line = held.lines.get(serviceId) ?? new Map<string, number>();
      if (score === '') line.delete(ticketId);
      else line.set(ticketId, Number(score));
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
  /** Key and JSON in turn; an empty text says that the entry is gone. */
  readonly board: readonly string[];
  readonly lines: readonly { readonly serviceId: string; readonly ticketId: string; readonly score: string }[];
  readonly events: readonly HallEvent[];
}

/** Takes the arguments of the script apart, as `apply-events.lua` reads them (`KEYS`, then `ARGV`). */
export const readScriptCall = (args: readonly (string | number)[]): AppliedEvents & { readonly news: string } => {
  const keyCount = Number(args[0]);
  const lineKeys = args.slice(1 + 4, 1 + keyCount).map(String);
  const [epoch, before, after, , board, lines, , news, ...events] = args.slice(1 + keyCount).map(String);
  const { changes } = JSON.parse(lines!) as { changes: (string | number)[] };
  const applied = [];
  for (let at = 0; at < changes.length; at += 3) {
    const serviceId = lineKeys[Number(changes[at]) - 1]!.split(':line:')[1]!;
    applied.push({ serviceId, ticketId: String(changes[at + 1]), score: String(changes[at + 2]) });
  }
  return {
    epoch: epoch!,
    before: Number(before),
    after: Number(after),
    board: JSON.parse(board!) as string[],
    lines: applied,
    events: events.map((event) => JSON.parse(event) as HallEvent),
    news: news!,
  };
};
