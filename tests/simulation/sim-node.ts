import { Branch } from '@antrean/server/hall/branch.ts';
import type { Outcome } from '@antrean/server/hall/outcome.ts';
import type { Sql } from '@antrean/server/ledger/connect-postgres.ts';
import { timersCommand } from '@antrean/server/jobs/run-timers.ts';
import { LiveLines } from '@antrean/server/live/live-lines.ts';
import { newsOf, readNews } from '@antrean/server/live/news.ts';
import { ScreenRoom } from '@antrean/server/push/screen-room.ts';
import type { Command } from '@antrean/shared/domain/commands.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { heartbeatMs } from '@antrean/shared/protocol/screen-times.ts';
import { type AudienceName, audiences, type Heartbeat, type Patch } from '@antrean/shared/protocol/screens.ts';
import { nextTimerAt } from '@antrean/shared/domain/timers.ts';
import type { Redis } from 'ioredis';
import { readScriptCall } from './model-redis.ts';
import { Packet } from './packet.ts';
import type { NodePart, ScreenPart } from './parts.ts';
import type { World } from './world.ts';

/**
 * One server node: the server's own `Branch`, `LiveLines` and `ScreenRoom`, put together as `server/node.ts` does, on the
 * models of the stores. A crash forgets all of it; whatever was sent by then may still arrive.
 */
export class SimNode implements NodePart {
  readonly name: string;
  /** What this machine's clock is off by, ms. */
  skewMs = 0;
  readonly #world: World;
  #life: Life | null = null;
  #isStarting = false;

  constructor(name: string, world: World) {
    this.name = name;
    this.#world = world;
  }

  get branch(): Branch | undefined {
    return this.#life?.branch;
  }

  start(): void {
    if (this.#life || this.#isStarting) return;
    this.#isStarting = true;
    const life = new Life(this, this.#world);
    life.load().then(
      () => {
        this.#isStarting = false;
        this.#life = life;
      },
      () => {
        this.#isStarting = false;
        this.#world.scheduler.after(500, () => this.start());
      },
    );
  }

  crash(): void {
    this.#life?.end();
    this.#life = null;
  }

  /** The outcome, once there is one; a node that is down or dies meanwhile never answers. */
  run(command: Command, answer: (outcome: Outcome) => void): void {
    const life = this.#life;
    if (!life?.branch) return;
    void life.branch.run(command).then((outcome) => {
      if (life.isAlive) answer(outcome);
    });
  }

  room(audience: AudienceName): ScreenRoom | undefined {
    return this.#life?.room(audience);
  }

  hearNews(message: string): void {
    this.#life?.hearNews(message);
  }

  connect(screen: ScreenPart): void {
    this.#life?.screens.add(screen);
  }

  disconnect(screen: ScreenPart): void {
    this.#life?.screens.delete(screen);
  }
}

/** A node from its start to its end. */
class Life {
  isAlive = true;
  branch: Branch | undefined;
  readonly screens = new Set<ScreenPart>();
  readonly #node: SimNode;
  readonly #world: World;
  readonly #lines: LiveLines;
  readonly #rooms = new Map<AudienceName, ScreenRoom>();
  #offsetMs = 0;
  #latest = 0;
  #isReading = false;

  constructor(node: SimNode, world: World) {
    this.#node = node;
    this.#world = world;
    const call = (_name: string, _script: string, ...args: (string | number)[]): Promise<unknown> => {
      const { news, ...applied } = readScriptCall(args);
      return world.redisWire.ask(() => {
        world.checkNotAhead('Redis', applied.after);
        const result = world.redis.apply(applied);
        if (result === 'applied') {
          world.checkRedis();
          world.publish(node, news);
        }
        return result;
      });
    };
    this.#lines = new LiveLines({ ...world.redisConnection, call } as unknown as Redis, node.name);
  }

  async load(): Promise<void> {
    const world = this.#world;
    const clock = {
      now: () => (this.#latest = Math.max(this.#latest, Math.round(this.#machineTime() + this.#offsetMs))),
      offsetMs: () => this.#offsetMs,
      measure: async () => {
        const sent = this.#machineTime();
        const at = await world.ledgerWire.ask(() => world.scheduler.now);
        this.#offsetMs = at - (sent + this.#machineTime()) / 2;
      },
    };
    await clock.measure();
    this.branch = await Branch.load(world.branchId as BranchId, {
      sql: world.sql as unknown as Sql,
      clock,
      readSetup: () => world.ledgerWire.ask(() => ({ setup: world.setup, revision: world.setups.length })),
      askForTurn: () => {
        if (this.isAlive) world.publish(this.#node, newsOf({ writer: this.#node.name, word: 'turn' }));
      },
      follow: (hall, changes, epoch, source) => {
        if (!this.isAlive) return;
        world.checkNotAhead(this.#node.name, hall.version);
        for (const room of this.#rooms.values()) room.follow(hall, changes);
        this.#lines.follow(hall, changes, epoch, source);
      },
      warn: () => {},
    });
    this.#every(1_000, () => this.#askLedger());
    if (world.guards.timers) this.#every(1_000, () => this.#runTimers(clock.now()));
    this.#every(heartbeatMs, () => this.#beat());
    this.#every(30_000, () => void clock.measure().catch(() => {}));
    if (world.guards.reconciler) this.#every(2_000, () => this.#reconcile());
  }

  end(): void {
    this.isAlive = false;
    for (const room of this.#rooms.values()) room.close();
    for (const screen of this.screens) screen.cutOff();
  }

  room(audience: AudienceName): ScreenRoom | undefined {
    if (!this.branch) return undefined;
    let room = this.#rooms.get(audience);
    if (!room) {
      room = new ScreenRoom({
        audience,
        hall: this.branch.hall,
        epoch: this.branch.epoch,
        clock: () => this.#world.scheduler.now,
        send: (patch) => {
          this.#world.checkNotAhead('a patch', patch.version);
          this.#sendAll(audience, 'patch', patch);
        },
      });
      this.#rooms.set(audience, room);
    }
    return room;
  }

  /** Word of another node's write: reads the feed from where this node stands. */
  hearNews(message: string): void {
    const { branch } = this;
    const news = readNews(message);
    if (!branch || !news || news.writer === this.#node.name) return;
    if (news.word === 'turn') return branch.pause();
    if (typeof news.word === 'string' || typeof news.word === 'object') return;
    if (news.word <= branch.hall.version) return;
    if (this.#isReading) return;
    this.#isReading = true;
    this.#world.redisWire
      .ask(() => this.#world.redis.feedAfter(branch.hall.version))
      .then(
        (events) => this.isAlive && this.#take(branch, events),
        () => {},
      )
      .finally(() => (this.#isReading = false));
  }

  #take(branch: Branch, events: readonly HallEvent[]): void {
    try {
      branch.take(events);
    } catch (error) {
      this.#world.report('I7', `${this.#node.name} cannot fold what the feed says: ${(error as Error).message}`);
    }
  }

  #machineTime(): number {
    return this.#world.scheduler.now + this.#node.skewMs;
  }

  #every(ms: number, act: () => void): void {
    this.#world.scheduler.after(ms, () => {
      if (!this.isAlive) return;
      act();
      this.#every(ms, act);
    });
  }

  #askLedger(): void {
    this.#world.ledgerWire
      .ask(() => this.#world.ledger.head.version)
      .then(
        (version) => this.isAlive && this.branch?.hear(version),
        () => {},
      );
  }

  /** As `watchTimers` does where no job comes. */
  #runTimers(now: number): void {
    const { branch } = this;
    const at = branch && this.#world.areTimersOn ? nextTimerAt(branch.hall, branch.setup) : null;
    if (branch && at !== null && at <= now) void branch.run(timersCommand(branch.hall, at));
  }

  #reconcile(): void {
    const { branch } = this;
    if (branch) this.#lines.reconcile(branch.hall, branch.epoch, 'entries').catch(() => {});
  }

  #beat(): void {
    if (!this.#world.guards.heartbeats) return;
    for (const audience of audiences) {
      const beat = this.#rooms.get(audience)?.heartbeat();
      if (!beat) continue;
      this.#sendAll(audience, 'heartbeat', beat);
    }
  }

  #sendAll(audience: AudienceName, event: 'patch' | 'heartbeat', message: Patch | Heartbeat): void {
    const packet = new Packet(message);
    for (const screen of this.screens) if (screen.audience === audience) screen.send(event, packet);
  }
}
