import { readFileSync } from 'node:fs';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId, ServiceId, TicketId } from '@antrean/shared/domain/ids.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import type { Changes } from '@antrean/shared/views/changes.ts';
import type { Redis } from 'ioredis';
import type { ChangeSource } from '../hall/branch.ts';
import { feedLength, keysOf } from './keys.ts';
import { lineScore } from './line-score.ts';
import { type Depth, holds } from './holds.ts';
import { loadLines } from './load-lines.ts';
import { newsOf } from './news.ts';

const script = readFileSync(new URL('./apply-events.lua', import.meta.url), 'utf8');
/** Events in one script call at the most: a script holds up everybody else on the Redis. */
const eventsPerScript = 1_000;
/**
 * How long a branch's next write waits after one of so many events, ms: 20, and up to 50 from 2,000 events a second on,
 * for a write costs more than what it carries. The first after a pause goes at once.
 */
const pauseAfterMs = (events: number): number => Math.min(Math.max(20, events / 2), 50);

interface Backlog {
  hall: Hall;
  epoch: string;
  events: HallEvent[];
  /** Which waiting tickets joined or left, in order. */
  keys: Set<string>;
  isWriting: boolean;
  mustLoad: boolean;
  /** This node's version when Redis was last seen to be ahead of it. */
  aheadAt: number | null;
  /** When the next write may begin, ms of the process's own clock. */
  writesAt: number;
}

/**
 * Keeps a branch's live lines, board and feed in Redis in step with the ledger. Writes are made one after another and
 * what gathers meanwhile goes together. When Redis is away, or holds something else, everything is written anew from
 * the node's memory once it answers (`reconcile`).
 */
export class LiveLines {
  readonly #redis: Redis;
  readonly #writer: string;
  readonly #backlogs = new Map<BranchId, Backlog>();

  /** @param writer names this node in the news it writes */
  constructor(redis: Redis, writer: string) {
    this.#redis = redis;
    this.#writer = writer;
  }

  /** To be told of every run of events of a branch, in order; those of the feed are in Redis already. */
  follow(hall: Hall, changes: Changes, epoch: string, source: ChangeSource): void {
    const backlog = this.#backlogs.get(hall.branchId) ?? newBacklog(hall, epoch);
    this.#backlogs.set(hall.branchId, backlog);
    backlog.hall = hall;
    backlog.epoch = epoch;
    if (source === 'feed') {
      // Whatever of ours still waits to be written lies before these: somebody else wrote it too.
      backlog.events = [];
      backlog.keys.clear();
      return;
    }
    // Far behind, or a new day: writing everything anew is cheaper and simpler than each step.
    if (backlog.events.length > 10_000 || changes.events.some(({ type }) => type === 'day.opened')) {
      backlog.mustLoad = true;
    }
    if (!backlog.mustLoad) {
      backlog.events.push(...changes.events);
      for (const key of changes.keys) backlog.keys.add(key);
    }
    void this.#write(backlog);
  }

  /**
   * Compares what Redis holds with the given state and writes everything anew when it is behind, of another ledger, or
   * has lost a part. Rejects when Redis is away.
   */
  async reconcile(hall: Hall, epoch: string, depth: Depth): Promise<'same' | 'loaded'> {
    const backlog = this.#backlogs.get(hall.branchId) ?? newBacklog(hall, epoch);
    this.#backlogs.set(hall.branchId, backlog);
    if (backlog.isWriting) return 'same';
    if (!backlog.mustLoad) {
      const held = await holds(this.#redis, hall, epoch, depth);
      // Ahead for a moment is another node's write. Ahead of the same state a round later, it is no ledger of ours.
      const isStrange = held === 'ahead' && backlog.aheadAt === hall.version;
      backlog.aheadAt = held === 'ahead' ? hall.version : null;
      if (held === true || (held === 'ahead' && !isStrange)) return 'same';
    }
    if (backlog.isWriting) return 'same';
    // Meanwhile `follow` may have brought a later state.
    if (hall.version > backlog.hall.version) backlog.hall = hall;
    backlog.epoch = epoch;
    backlog.mustLoad = true;
    await this.#write(backlog);
    return 'loaded';
  }

  async #write(backlog: Backlog): Promise<void> {
    if (backlog.isWriting) return;
    backlog.isWriting = true;
    try {
      while (backlog.mustLoad || backlog.events.length > 0) {
        const wait = backlog.writesAt - performance.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        backlog.writesAt = performance.now() + pauseAfterMs(backlog.events.length);
        if (backlog.mustLoad) await this.#load(backlog);
        else if (backlog.events.length > 0 && (await this.#apply(backlog)) === 'gap') backlog.mustLoad = true;
      }
    } catch {
      // Redis is away or refuses writes: the lines are loaded anew when `reconcile` finds it back.
      backlog.mustLoad = true;
      backlog.events = [];
      backlog.keys.clear();
    } finally {
      backlog.isWriting = false;
    }
  }

  async #load(backlog: Backlog): Promise<void> {
    backlog.events = [];
    backlog.keys.clear();
    const { hall, epoch } = backlog;
    await loadLines(this.#redis, hall, epoch);
    if (backlog.hall === hall) backlog.mustLoad = false;
  }

  async #apply(backlog: Backlog): Promise<'applied' | 'old' | 'gap'> {
    const { hall, events, keys } = backlog;
    backlog.events = [];
    backlog.keys = new Set();
    if (events.length > eventsPerScript) return 'gap';
    const names = keysOf(hall.branchId);
    const lines = lineChanges(hall, events);
    const services = [...lines.keys()];
    const result: unknown = await this.#redis.call(
      'EVAL',
      script,
      4 + services.length,
      names.state,
      names.feed,
      names.board,
      names.lines,
      ...services.map(names.line),
      backlog.epoch,
      (events[0]?.version ?? 1) - 1,
      hall.version,
      feedLength,
      JSON.stringify(boardChanges(hall, keys)),
      JSON.stringify([...lines.values()]),
      names.news,
      newsOf({ writer: this.#writer, word: hall.version }),
      events.map((event) => `${JSON.stringify(event)}\n`).join(''),
      JSON.stringify(services),
    );
    return result as 'applied' | 'old' | 'gap';
  }
}

const newBacklog = (hall: Hall, epoch: string): Backlog => ({
  hall,
  epoch,
  events: [],
  keys: new Set(),
  isWriting: false,
  mustLoad: false,
  aheadAt: null,
  writesAt: -Infinity,
});

/** Keys that are gone, and those that are there with their JSON value in turn. */
const boardChanges = (hall: Hall, keys: ReadonlySet<string>) => {
  const changes = { gone: [] as string[], now: [] as string[] };
  for (const key of keys) {
    const value = audienceOf.board.value(hall, key);
    if (value === undefined) changes.gone.push(key);
    else changes.now.push(key, JSON.stringify(value));
  }
  return changes;
};

/** By service who left its line, and who joined it, with the score before the ticket. */
const lineChanges = (hall: Hall, events: readonly HallEvent[]) => {
  const lines = new Map<ServiceId, { left: TicketId[]; joined: string[] }>();
  const lineOf = (serviceId: ServiceId) => {
    const line = lines.get(serviceId) ?? { left: [], joined: [] };
    lines.set(serviceId, line);
    return line;
  };
  const seen = new Set<TicketId>();
  for (const { data } of events) {
    if (!('ticketId' in data)) continue;
    const ticket = hall.tickets.get(data.ticketId);
    if (!ticket) continue;
    // A ticket that went to another service stands in the line of the old one no more.
    if (data.serviceId !== ticket.serviceId) lineOf(data.serviceId).left.push(ticket.id);
    if ('toServiceId' in data && data.toServiceId !== ticket.serviceId) lineOf(data.toServiceId).left.push(ticket.id);
    if (seen.has(ticket.id)) continue;
    seen.add(ticket.id);
    const line = lineOf(ticket.serviceId);
    // Every ticket the events touched either stands in its line now or does not.
    if (ticket.status === 'waiting') line.joined.push(lineScore(hall, ticket), ticket.id);
    else line.left.push(ticket.id);
  }
  return lines;
};
