import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import type { AudienceName } from '@antrean/shared/protocol/screens.ts';
import { viewOf } from '@antrean/shared/views/audience.ts';
import { hashEntry, type HeldView } from '@antrean/shared/views/entries.ts';
import { hallSetup } from '../rules/story.ts';
import { Faults } from './faults.ts';
import type { Guards } from './guards.ts';
import { ModelLedger } from './model-ledger.ts';
import { ModelRedis } from './model-redis.ts';
import { Random } from './random.ts';
import { isSameJson } from './same-json.ts';
import { Scheduler } from './scheduler.ts';
import { type ModelRedisConnection, type ModelSql, scoreIn } from './seam.ts';
import type { NodePart } from './parts.ts';
import { Wire } from './wire.ts';

export interface Violation {
  readonly invariant: string;
  readonly message: string;
}

/** Everything of one run that is not a node, a screen or a client: time, stores, wires, faults, and what went wrong. */
export class World {
  readonly branchId: BranchId;
  /** Every set-up there was in Postgres, the present one last. */
  readonly setups: BranchSetup[] = [];
  readonly guards: Guards;
  readonly random: Random;
  readonly faults: Faults;
  readonly scheduler = new Scheduler(Date.parse('2026-08-18T08:00:00+07:00'));
  readonly ledger: ModelLedger;
  readonly redis = new ModelRedis();
  readonly ledgerWire: Wire;
  readonly redisWire: Wire;
  readonly sql: ModelSql;
  readonly redisConnection: ModelRedisConnection;
  readonly nodes: NodePart[] = [];
  readonly violations: Violation[] = [];
  /** Ends before the last look at everything, so that nothing moves any more. */
  areTimersOn = true;
  readonly #hashes = new Map<string, number>();
  readonly #seen = new Map<string, { readonly value: unknown; readonly hash: number }>();
  readonly #arrived = new WeakMap<object, { readonly key: string; readonly hash: number }>();

  constructor(seed: number, guards: Guards) {
    this.random = new Random(seed);
    this.guards = guards;
    const { random, scheduler } = this;
    this.setups.push(this.#newSetup());
    this.branchId = this.setup.branchId;
    this.faults = new Faults(random, random.pick([0.3, 1, 1, 3]));
    this.ledger = new ModelLedger(this.branchId, guards);
    this.ledgerWire = new Wire(scheduler, random, () => this.faults.ofWire('Postgres'));
    this.redisWire = new Wire(scheduler, random, () => this.faults.ofWire('Redis'));
    this.sql = { wire: this.ledgerWire, ledger: this.ledger, scheduler };
    this.redisConnection = { wire: this.redisWire, redis: this.redis };
  }

  get setup(): BranchSetup {
    return this.setups.at(-1)!;
  }

  /** The tables of the set-up are written anew. @returns the revision */
  changeSetup(): number {
    return this.setups.push(this.#newSetup());
  }

  /** Services and counters stay, rules and skills are drawn. */
  #newSetup(): BranchSetup {
    const { random } = this;
    return hallSetup(
      {
        confirmsArrival: random.chance(0.5),
        callNextFinishes: random.chance(0.5),
        ...(random.chance(0.5) && { callByMs: random.between(1, 20) * 1_000 }),
        ...(random.chance(0.5) && { ratio: { normal: random.between(1, 3), priority: random.between(1, 3) } }),
        ...(random.chance(0.5) && {
          unanswered: {
            afterMs: random.between(500, 8_000),
            recalls: random.between(0, 2),
            then: random.pick(['missed', 'nothing'] as const),
          },
        }),
        ...(random.chance(0.6) && {
          appointments: { earlyMs: random.between(1, 20) * 1_000, lateMs: random.between(0, 10) * 1_000 },
        }),
        ...(random.chance(0.7) && {
          rejoin: {
            times: random.between(1, 2),
            late: random.pick(['end-of-line', 'no-show'] as const),
            ...(random.chance(0.5) && { withinMs: random.between(1, 20) * 1_000 }),
            ...(random.chance(0.5) && { withinCalls: random.between(1, 3) }),
          },
        }),
        ...(random.chance(0.7) && {
          moreTime: { forMs: random.between(1, 20) * 1_000, times: random.between(1, 2) },
        }),
      },
      {
        ...(random.chance(0.5) && { later: { c1: { tax: random.between(0, 2) } } }),
        ...(random.chance(0.5) && { helpsAfter: { c2: { land: 0 }, c3: { tax: 0 } } }),
      },
    );
  }

  /** Word of a write goes to every other node, and may be lost: it is only a hint. */
  publish(from: NodePart, news: string): void {
    for (const node of this.nodes) {
      if (node === from || this.faults.ofMessage() === 'lost') continue;
      this.scheduler.after(this.random.between(1, 10), () => node.hearNews(news));
    }
  }

  /** Nobody sees a state that is not committed (I12). */
  checkNotAhead(who: string, version: number): void {
    const committed = this.ledger.head.version;
    if (version > committed) this.report('I12', `${who} shows version ${version}, committed is ${committed}`);
  }

  /** What Redis holds after a write is the state of the version it says (I10), unless it lost something before. */
  checkRedis(): void {
    const { version } = this.redis.held;
    const truth = this.ledger.truthAt(version);
    const wrong = truth && this.redis.isWhole && this.redis.wrongIn(truth, scoreIn(truth));
    if (wrong) this.report('I10', `Redis' ${wrong} not those of version ${version}`);
  }

  checkView(who: string, audience: AudienceName, held: HeldView): void {
    this.checkNotAhead(who, held.version);
    let hash = 0;
    for (const [key, value] of held.entries) hash = (hash + this.#hashArrived(key, value)) | 0;
    if (hash !== this.viewHash(audience, held.version)) {
      this.report('SHOW-2', `${who} shows a mixture as version ${held.version}`);
    }
  }

  /** The hash of what an audience sees at a version, folded and computed anew. */
  viewHash(audience: AudienceName, version: number): number {
    const name = `${audience} ${version}`;
    const known = this.#hashes.get(name);
    if (known !== undefined) return known;
    const hall = this.ledger.truthAt(version);
    let hash = 0;
    for (const [key, value] of hall ? viewOf(audience, hall) : []) hash = (hash + this.#hashTrue(key, value)) | 0;
    this.#hashes.set(name, hash);
    return hash;
  }

  /** Most entries of a view were seen alike in one before. */
  #hashTrue(key: string, value: unknown): number {
    const known = this.#seen.get(key);
    if (known && isSameJson(known.value, value)) return known.hash;
    const hash = hashEntry(key, value);
    this.#seen.set(key, { value, hash });
    return hash;
  }

  /** What has arrived cannot change any more (`Packet`), so its hash need not be computed for each state it is part of. */
  #hashArrived(key: string, value: unknown): number {
    if (typeof value !== 'object' || value === null) return hashEntry(key, value);
    const known = this.#arrived.get(value);
    if (known?.key === key) return known.hash;
    const hash = hashEntry(key, value);
    this.#arrived.set(value, { key, hash });
    return hash;
  }

  readonly report = (invariant: string, message: string): void => {
    // The first few say enough; a broken run repeats itself.
    if (this.violations.length < 20) this.violations.push({ invariant, message });
  };
}
