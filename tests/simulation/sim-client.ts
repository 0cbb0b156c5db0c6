import type { Outcome } from '@antrean/server/hall/outcome.ts';
import type { Command } from '@antrean/shared/domain/commands.ts';
import { decide } from '@antrean/shared/domain/decide.ts';

import type { World } from './world.ts';

/** A command and everything that became of it. */
export interface SentCommand {
  readonly command: Command;
  /** One for each copy that reached a node: how the node ended it, `null` while or because it never did. */
  readonly copies: { outcome: Outcome | null }[];
  /** What its sender was told for good. */
  answer: Extract<Outcome, { kind: 'done' | 'refused' }> | null;
  tries: number;
}

const answerWithinMs = 5_000;
/** How far a machine's clock may be off when it is set (`simulate.ts`), there and back. */
const clockFaultsMs = [-600_000, 600_000];

/**
 * Everybody who sends commands: as the product's clients do, the same id is sent again, to any node, until there is an
 * answer that says how it ended.
 */
export class SimClients {
  readonly sent: SentCommand[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  send(command: Command): SentCommand {
    const sent: SentCommand = { command, copies: [], answer: null, tries: 0 };
    this.sent.push(sent);
    this.#try(sent);
    return sent;
  }

  /** Asks once more for a command that was answered "done" long ago: a late double tap gets no other answer. */
  repeat(sent: SentCommand): void {
    this.#copyTo(sent, (outcome) => {
      if (outcome.kind === 'refused') this.#world.report('SAME-1', `${sent.command.commandId}: done, then refused`);
    });
  }

  unanswered(): number {
    return this.sent.filter(({ answer }) => answer === null).length;
  }

  #try(sent: SentCommand): void {
    if (sent.answer) return;
    sent.tries += 1;
    const current = sent.tries;
    const again = (ms: number): void =>
      this.#world.scheduler.after(ms, () => {
        if (sent.tries === current) this.#try(sent);
      });
    this.#copyTo(sent, (outcome) => {
      if (sent.answer) return;
      if (outcome.kind === 'done' || outcome.kind === 'refused') sent.answer = outcome;
      else again(this.#world.random.between(200, 1_000));
    });
    again(answerWithinMs);
  }

  /** One request on its way, which may be lost, late or doubled; and its answer, which may be lost. */
  #copyTo(sent: SentCommand, hear: (outcome: Outcome) => void): void {
    const { scheduler, random, faults, nodes } = this.#world;
    const fault = faults.ofMessage();
    if (fault === 'lost') return;
    const arrive = (): void => {
      const copy: SentCommand['copies'][number] = { outcome: null };
      sent.copies.push(copy);
      const from = this.#world.ledger.head.version;
      random.pick(nodes).run(sent.command, (outcome) => {
        copy.outcome = outcome;
        this.#checkNotDone(sent, outcome);
        this.#checkRefusal(sent, outcome, from);
        if (faults.ofMessage() !== 'lost') scheduler.after(random.between(1, 20), () => hear(outcome));
      });
    };
    scheduler.after(fault === 'late' ? random.between(100, 8_000) : random.between(1, 20), arrive);
    if (fault === 'doubled') scheduler.after(random.between(1, 5_000), arrive);
  }

  /** What is refused could be refused in a state that was the newest between its arrival and its answer (SAME-4). */
  #checkRefusal({ command }: SentCommand, outcome: Outcome, from: number): void {
    if (outcome.kind !== 'refused') return;
    const { ledger, setups, scheduler } = this.#world;
    for (let version = ledger.head.version; version >= from; version--) {
      const hall = ledger.truthAt(version)!;
      const isRefused = (now: number) => setups.some((setup) => !decide(hall, setup, command, now).accepted);
      if (isRefused(scheduler.now) || clockFaultsMs.some((ms) => isRefused(scheduler.now + ms))) return;
    }
    this.#world.report('SAME-4', `${command.type} ${command.commandId} was refused on an old state`);
  }

  /** The only copy there was is answered "not done": then it is not in the ledger (I5). */
  #checkNotDone({ command, copies }: SentCommand, { kind }: Outcome): void {
    if (copies.length > 1 || (kind !== 'refused' && kind !== 'unavailable')) return;
    if (!this.#world.ledger.has(command.commandId)) return;
    this.#world.report('I5', `${command.type} ${command.commandId} was answered "${kind}" and is in the ledger`);
  }
}
