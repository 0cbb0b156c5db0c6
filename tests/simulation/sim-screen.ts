import type { AudienceName, Patch } from '@antrean/shared/protocol/screens.ts';
import { followBranch, type ScreenSocket } from '@antrean/shared/views/follow-branch.ts';
import type { Screen } from '@antrean/shared/views/screen.ts';
import { Packet } from './packet.ts';
import type { NodePart, ScreenPart } from './parts.ts';
import type { World } from './world.ts';

/** A screen in the hall: the product's own `followBranch` on a socket that loses, doubles, delays and reorders. */
export class SimScreen implements ScreenPart {
  readonly audience: AudienceName;
  screen: Screen | undefined;
  readonly #world: World;
  readonly #name: string;
  readonly #listeners = new Map<string, (message: never) => void>();
  #node: NodePart | null = null;
  /** Counts connections: what was sent over an earlier one never arrives. */
  #connection = 0;
  #lastArrival = 0;
  #cutUntil = 0;

  constructor(name: string, audience: AudienceName, world: World) {
    this.#name = name;
    this.audience = audience;
    this.#world = world;
    const skewMs = world.random.between(-300_000, 300_000);
    const socket = {
      on: (event: string, listener: (message: never) => void) => this.#listeners.set(event, listener),
      emit: () => this.#askAgain(),
    };
    const tick = followBranch(
      socket as unknown as ScreenSocket,
      () => world.scheduler.now + skewMs,
      (next) => this.#show(next),
    );
    const everySecond = (): void => {
      tick();
      if (!this.#node && world.scheduler.now >= this.#cutUntil) this.#connect();
      world.scheduler.after(1_000, everySecond);
    };
    world.scheduler.after(world.random.between(1, 1_000), everySecond);
  }

  get isConnected(): boolean {
    return this.#node !== null;
  }

  /** The link breaks, and nothing is heard for a while. */
  cutOff(ms = 0): void {
    this.#cutUntil = this.#world.scheduler.now + ms;
    if (!this.#node) return;
    this.#node.disconnect(this);
    this.#node = null;
    this.#connection += 1;
    this.#listeners.get('disconnect')?.(undefined as never);
  }

  /** The server sends a message over the present connection. */
  send(event: 'snapshot' | 'patch' | 'heartbeat', packet: Packet): void {
    const { scheduler, random, faults } = this.#world;
    const connection = this.#connection;
    const fault = faults.ofMessage();
    if (fault === 'lost') return;
    const arrival = Math.max(this.#lastArrival, scheduler.now + random.between(1, 30));
    const isInOrder = fault !== 'late';
    if (isInOrder) this.#lastArrival = arrival;
    const arrive = (): void => {
      if (connection !== this.#connection) return;
      this.#listeners.get(event)?.(this.#asLetThrough(event, packet.message) as never);
    };
    scheduler.after((isInOrder ? arrival : scheduler.now + random.between(50, 4_000)) - scheduler.now, arrive);
    if (fault === 'doubled') scheduler.after(random.between(30, 3_000), arrive);
  }

  #connect(): void {
    const { random, nodes, scheduler } = this.#world;
    const node = random.pick(nodes);
    const room = node.room(this.audience);
    if (!room) return;
    this.#node = node;
    this.#connection += 1;
    this.#lastArrival = scheduler.now;
    node.connect(this);
    this.send('snapshot', new Packet(room.snapshot()));
  }

  #askAgain(): void {
    const connection = this.#connection;
    const { scheduler, random, faults } = this.#world;
    if (faults.ofMessage() === 'lost') return;
    scheduler.after(random.between(1, 30), () => {
      const room = connection === this.#connection ? this.#node?.room(this.audience) : undefined;
      if (room) this.send('snapshot', new Packet(room.snapshot()));
    });
  }

  /** The mutant without a gap check takes every patch for the next one. */
  #asLetThrough(event: string, message: unknown): unknown {
    const held = this.screen?.held;
    if (this.#world.guards.gapCheck || event !== 'patch' || !held) return message;
    const patch = message as Patch;
    return { ...patch, epoch: held.epoch, after: held.version, version: Math.max(patch.version, held.version + 1) };
  }

  /** Whatever is shown was true at the version it says: never a mixture, never what is not committed (I12). */
  #show(next: Screen): void {
    const isNews = next.held !== this.screen?.held;
    this.screen = next;
    if (next.held && isNews) this.#world.checkView(this.#name, this.audience, next.held);
  }
}
