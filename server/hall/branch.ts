import type { Command } from '@antrean/shared/domain/commands.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { applyTo } from '@antrean/shared/domain/evolve.ts';
import { draftOf } from '@antrean/shared/domain/hall-draft.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import { type Changes, noChanges, noteChange } from '@antrean/shared/views/changes.ts';
import { appendEvents } from '../ledger/append-events.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { DatabaseClock } from '../ledger/database-clock.ts';
import { eventsPerRead, findCommands, readEvents } from '../ledger/read-events.ts';
import { hashEvent } from '../ledger/hash-event.ts';
import { type Head, lockHead, readHead, readVersions } from '../ledger/read-head.ts';
import { type StoreFailure, storeFailure } from '../ledger/store-error.ts';
import { type DecidedBatch, decideBatch } from './decide-batch.ts';
import type { Outcome } from './outcome.ts';
import { Pause } from './pause.ts';
import { rowsTouched } from './rows-touched.ts';

/** Where a run of events came from: this node committed it, or read it from the feed or the ledger. */
export type ChangeSource = 'commit' | 'feed' | 'ledger';

/** Told after every commit, in order, with the state that came of it. Must not throw. */
export type Follower = (hall: Hall, changes: Changes, epoch: string, source: ChangeSource) => void;

/** The set-up of a branch as the tables have it. */
export interface KnownSetup {
  readonly setup: BranchSetup;
  readonly revision: number;
}

export interface BranchPorts {
  readonly sql: Sql;
  readonly clock: DatabaseClock;
  readonly readSetup: (branchId: BranchId) => Promise<KnownSetup>;
  readonly follow: Follower;
  /** Asks the other nodes to pause: they were first again and again. May be lost, and a command alone has none. */
  readonly askForTurn?: (branchId: BranchId) => void;
  readonly warn: (message: string, details: object) => void;
}

interface Pending {
  readonly command: Command;
  readonly settle: (outcome: Outcome) => void;
}

/** Commands in one statement at the most. */
const batchSize = 200;
/** Commands that may wait for one branch on one node; beyond that the node says that it is busy. */
const pendingLimit = 2_000;
/**
 * So many go in one statement at once. Beyond that at most half of what is in flight does: Postgres works on one half
 * while this node answers the other.
 */
const undividedSize = 24;
/** How often a batch is decided again because another node was first. */
const attemptLimit = 50;
/** From this attempt on the node asks the others for a turn. */
const patience = 3;
/** How long after its decision a statement may still take effect, ms. Shorter than the client's time-out. */
const commitWithinMs = 2_000;

/** A statement without an answer: which commands it carried, what it built on, and when it can take effect no more. */
interface Doubt {
  readonly commandIds: Set<CommandId>;
  after: number;
  /** Epoch ms by the database's clock. */
  until: number;
}

/**
 * One branch on this node: commands are decided one after another on the newest state and go to Postgres in batches,
 * one in flight, at once when idle. Whatever the ledger gains - from here or from another node - is folded in order
 * and handed to the followers.
 */
export class Branch {
  readonly id: BranchId;
  readonly #ports: BranchPorts;
  #hall: Hall;
  #known: KnownSetup;
  #head: Head;
  #queue: Pending[] = [];
  readonly #inFlight = new Map<CommandId, Promise<Outcome>>();
  #isBusy = false;
  /** The ledger may hold events this node has not folded: catch up before the next decision. */
  #isBehind = false;
  /** Catching up failed: it is tried again with the next command or word from the ledger, not at once and for ever. */
  #isStoreAway = false;
  #doubt: Doubt | null = null;
  /** While a branch loads, nobody follows it yet. */
  #isLoaded = false;
  readonly #pause = new Pause();
  #closed: Promise<void> = Promise.resolve();

  private constructor(id: BranchId, ports: BranchPorts, known: KnownSetup, head: Head) {
    this.id = id;
    this.#ports = ports;
    this.#known = known;
    this.#head = head;
    this.#hall = emptyHall(id, Math.max(0, head.dayVersion - 1));
  }

  /** Reads set-up and the business day's events. Throws what Postgres throws. */
  static async load(id: BranchId, ports: BranchPorts): Promise<Branch> {
    const known = await ports.readSetup(id);
    const branch = new Branch(id, ports, known, await readHead(ports.sql, id));
    // A statement of a node that died may still be under way.
    await lockHead(ports.sql, id);
    await branch.#catchUp();
    branch.#isLoaded = true;
    return branch;
  }

  get hall(): Hall {
    return this.#hall;
  }

  get setup(): BranchSetup {
    return this.#known.setup;
  }

  /**
   * The set-up with its own revision, and none that is older than the one the ledger names: a screen that was told an old
   * one under a new revision would never ask again. Throws what Postgres throws.
   */
  async newestSetup(): Promise<KnownSetup> {
    await this.#readSetup();
    return this.#known;
  }

  /** The ledger names a newer set-up: it is read before the next decision. */
  get isSetupOld(): boolean {
    return this.#known.revision < this.#hall.setupRevision;
  }

  get epoch(): string {
    return this.#head.epoch;
  }

  /** Decides and commits a command. The same id asked for twice at once is carried out once. Never rejects. */
  run(command: Command): Promise<Outcome> {
    const running = this.#inFlight.get(command.commandId);
    if (running) return running;
    if (this.#queue.length >= pendingLimit) return Promise.resolve({ kind: 'unavailable' });
    const outcome = new Promise<Outcome>((settle) => this.#queue.push({ command, settle }));
    this.#inFlight.set(command.commandId, outcome);
    // Not this very moment: what other sockets have sent by now then goes into the same batch.
    if (this.#queue.length === 1 && !this.#isBusy) setImmediate(() => this.#wake());
    return outcome;
  }

  /** Another node's events, straight from the feed; what does not follow on is read from the ledger instead. */
  take(events: readonly HallEvent[]): void {
    this.#pause.end();
    const news = events.filter((event) => event.version > this.#hall.version);
    if (news.length === 0) return;
    // Redis may have lost and been given back a part: its feed can have holes anywhere.
    const isWhole = news.every(({ version }, index) => version === this.#hall.version + 1 + index);
    const followsOn = isWhole && this.#head.version === this.#hall.version;
    if (this.#isBusy || !followsOn) {
      this.#isBehind = true;
      this.#isStoreAway = false;
      this.#wake();
      return;
    }
    this.#fold(news, 'feed');
    const hash = news.reduce(hashEvent, this.#head.hash);
    this.#head = { ...this.#head, version: this.#hall.version, hash };
  }

  /** The ledger is said to be at this version: catch up when this node is not, or has a set-up that is not the newest. */
  hear(version: number): void {
    if (version <= this.#hall.version && !this.isSetupOld) return;
    this.#pause.end();
    this.#isBehind = true;
    this.#isStoreAway = false;
    this.#wake();
  }

  /** Another node cannot get in a word: the next batch waits until that node has committed, or for a moment. */
  pause(): void {
    this.#pause.begin();
  }

  /** Resolves when nothing is in flight any more. */
  async settled(): Promise<void> {
    await this.#closed;
  }

  #wake(): void {
    const isToCatchUp = this.#isBehind && !this.#isStoreAway;
    if (this.#isBusy || (this.#queue.length === 0 && !isToCatchUp)) return;
    this.#isBusy = true;
    this.#closed = this.#work().finally(() => {
      this.#isBusy = false;
      this.#wake();
    });
  }

  async #work(): Promise<void> {
    await this.#pause.over();
    const pending = this.#takeBatch();
    try {
      if (this.#isBehind || this.#doubt) await this.#catchUp();
      await this.#readSetup();
      if (pending.length > 0) await this.#commit(pending, 1);
    } catch (error) {
      const failure = storeFailure(error);
      this.#ports.warn('a batch of commands failed', { branchId: this.id, ...failure });
      // Whatever was sent without an answer is in doubt, and `#answer` says so; the rest was never sent.
      this.#answer(pending, () => ({ kind: 'unavailable' }));
    }
  }

  /** A new business day starts a batch of its own: the rows of the day before are then all written. */
  #takeBatch(): Pending[] {
    const opening = this.#queue.findIndex(({ command }) => command.type === 'open-day');
    const size = opening === 0 ? 1 : opening > 0 ? opening : batchSize;
    const half = Math.ceil(this.#inFlight.size / 2);
    return this.#queue.splice(0, Math.min(size, batchSize, Math.max(undividedSize, half)));
  }

  /** Throws when Postgres cannot be asked; otherwise every pending command has its answer at the end. */
  async #commit(pending: Pending[], attempt: number): Promise<void> {
    if (attempt >= patience) this.#ports.askForTurn?.(this.id);
    const commands = pending.map(({ command }) => command);
    const now = this.#ports.clock.now();
    const batch = decideBatch(this.#hall, this.#known.setup, commands, now);
    const isRefused = (index: number) => batch.decisions[index]?.accepted === false;
    const refused = commands.filter((_, index) => isRefused(index)).map(({ commandId }) => commandId);
    // A refusal may be the second asking of something done before: the ledger knows (SAME-1).
    const lookUp = refused.length > 0 ? findCommands(this.#ports.sql, this.id, refused) : noCommands;
    // A commit proves that the state was the newest; where everything is refused the ledger is asked (SAME-4).
    const newest = batch.changes.events.length > 0 ? this.#hall.version : this.#readVersion();
    // All are waited for, whatever becomes of one: nothing of this batch may end after the next has begun.
    const [append, lookedUp, version] = await Promise.allSettled([
      this.#append(batch, now + commitWithinMs),
      lookUp,
      newest,
    ]);
    if (append.status === 'rejected') throw append.reason;
    if (version.status === 'rejected') throw version.reason;
    if (version.value > this.#hall.version && attempt < attemptLimit) {
      await this.#catchUp();
      return this.#commit(pending, attempt + 1);
    }
    const appended = append.value;
    if (appended === 'done') {
      this.#answer(pending, ({ commandId }, index) => {
        const decision = batch.decisions[index];
        if (decision?.accepted) return { kind: 'done', events: decision.events };
        // The events are committed whatever became of the look-up; only what was refused cannot be told from a repeat.
        if (lookedUp.status === 'rejected') return { kind: 'unknown' };
        const events = lookedUp.value.get(commandId);
        if (events) return { kind: 'done', events };
        return decision ? { kind: 'refused', refusal: decision.refusal } : { kind: 'unavailable' };
      });
      this.#publish(batch.hall, batch.changes, 'commit');
      return;
    }
    const before = this.#hall.version;
    await this.#catchUp();
    if (appended !== 'moved' && appended.kind === 'constraint') return this.#commitOneByOne(pending);
    // Nobody moved it, so the statement came too late - or the database's clock was set.
    if (appended === 'moved' && this.#hall.version === before) await this.#ports.clock.measure();
    if (attempt < attemptLimit) return this.#commit(pending, attempt + 1);
    this.#answer(pending, () => ({ kind: 'unavailable' }));
  }

  async #readVersion(): Promise<number> {
    return (await readVersions(this.#ports.sql, [this.id])).get(this.id) ?? 0;
  }

  /** A batch the constraints refuse is tried command by command: only the guilty one is turned away. */
  async #commitOneByOne(pending: Pending[]): Promise<void> {
    const ids = pending.map(({ command }) => command.commandId);
    const found = await findCommands(this.#ports.sql, this.id, ids);
    const known = pending.filter(({ command }) => found.has(command.commandId));
    this.#answer(known, ({ commandId }) => ({ kind: 'done', events: found.get(commandId) ?? [] }));
    const rest = pending.filter(({ command }) => !found.has(command.commandId));
    if (rest.length === 0) return;
    if (known.length > 0) return this.#commit(rest, 1);
    if (rest.length === 1) {
      // Alone, new and still refused by a constraint: the rules let through what the second lock does not.
      this.#ports.warn('a command was refused by a constraint alone', { branchId: this.id, commandId: ids[0] });
      this.#answer(rest, () => ({ kind: 'unavailable' }));
      return;
    }
    for (const [index, one] of rest.entries()) {
      try {
        await this.#commit([one], 1);
      } catch (error) {
        this.#ports.warn('a command failed', { branchId: this.id, ...storeFailure(error) });
        this.#isBehind = true;
        this.#answer(rest.slice(index), () => ({ kind: 'unavailable' }));
        return;
      }
    }
  }

  async #append(
    batch: DecidedBatch,
    until: number,
  ): Promise<'done' | 'moved' | Extract<StoreFailure, { kind: 'constraint' | 'retry' }>> {
    if (batch.changes.events.length === 0) return 'done';
    const { day, version } = batch.hall;
    try {
      const appended = await appendEvents(this.#ports.sql, {
        branchId: this.id,
        after: this.#hall.version,
        until,
        hash: this.#head.hash,
        dayVersion: day?.openedVersion ?? 0,
        businessDay: day?.date ?? null,
        events: batch.changes.events,
        rows: rowsTouched(batch.changes.events, this.#hall, batch.hall),
      });
      if (appended === 'moved') return 'moved';
      this.#head = { ...this.#head, version, hash: appended.hash };
      return 'done';
    } catch (error) {
      const failure = storeFailure(error);
      if (failure.kind === 'constraint' || failure.kind === 'retry') return failure as never;
      if (failure.kind === 'unknown') this.#noteDoubt(batch.changes.events, until);
      throw error;
    }
  }

  #noteDoubt(events: readonly HallEvent[], until: number): void {
    this.#doubt ??= { commandIds: new Set(), after: 0, until: 0 };
    for (const { commandId } of events) this.#doubt.commandIds.add(commandId);
    this.#doubt.after = this.#hall.version;
    this.#doubt.until = until;
    this.#isBehind = true;
    this.#isStoreAway = false;
  }

  /** Folds what the ledger has and this node has not. Throws what Postgres throws. */
  async #catchUp(): Promise<void> {
    this.#isStoreAway = true;
    const isTooLate = this.#doubt !== null && this.#ports.clock.now() > this.#doubt.until;
    // A statement in doubt that has begun holds this lock until it has ended; one that has not can begin no more.
    if (isTooLate) await lockHead(this.#ports.sql, this.id);
    for (;;) {
      const events = await readEvents(this.#ports.sql, this.id, this.#hall.version);
      if (events.length === 0) break;
      this.#fold(events, 'ledger');
      if (events.length < eventsPerRead) break;
    }
    this.#head = await readHead(this.#ports.sql, this.id);
    this.#isBehind = this.#head.version > this.#hall.version;
    this.#isStoreAway = false;
    if (isTooLate || (this.#doubt && this.#hall.version > this.#doubt.after)) this.#doubt = null;
    await this.#readSetup();
  }

  async #readSetup(): Promise<void> {
    if (this.isSetupOld) this.#known = await this.#ports.readSetup(this.id);
  }

  #fold(events: readonly HallEvent[], source: ChangeSource): void {
    const draft = draftOf(this.#hall);
    const changes = noChanges();
    for (const event of events) {
      // While the branch loads nobody follows it, and what thousands of events touch costs as much as folding them.
      if (this.#isLoaded) noteChange(changes, event, draft);
      applyTo(draft, event);
    }
    this.#publish(draft, changes, source);
  }

  #publish(hall: Hall, changes: Changes, source: ChangeSource): void {
    this.#hall = hall;
    if (changes.events.length === 0) return;
    // The answers go out first: a broadcast to a thousand screens takes longer than all of the rest.
    setImmediate(this.#ports.follow, hall, changes, this.#head.epoch, source);
  }

  #answer(pending: readonly Pending[], outcomeOf: (command: Command, index: number) => Outcome): void {
    const answers = pending.map(({ command, settle }, index) => {
      const outcome = outcomeOf(command, index);
      // "Not done" may be said only of what can no longer be done by an earlier statement that got no answer.
      const isInDoubt = outcome.kind !== 'done' && this.#doubt?.commandIds.has(command.commandId) === true;
      return (): void => {
        this.#inFlight.delete(command.commandId);
        settle(isInDoubt ? { kind: 'unknown' } : outcome);
      };
    });
    const answerAll = () => answers.forEach((answer) => answer());
    // The next batch goes to Postgres first: it then works while the answers are written.
    if (this.#queue.length > 0) setImmediate(answerAll);
    else answerAll();
  }
}

const noCommands: Promise<Map<CommandId, HallEvent[]>> = Promise.resolve(new Map());
