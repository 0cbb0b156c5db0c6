import type { Command } from '@antrean/shared/domain/commands.ts';
import { decide } from '@antrean/shared/domain/decide.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { applyTo } from '@antrean/shared/domain/evolve.ts';
import { draftOf } from '@antrean/shared/domain/hall-draft.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { Refusal } from '@antrean/shared/domain/refusal.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import { type Changes, noChanges, noteChange } from '@antrean/shared/views/changes.ts';

/** What a run of commands leads to, each decided on the state the ones before it left; nothing is committed yet. */
export interface DecidedBatch {
  readonly hall: Hall;
  readonly changes: Changes;
  /** In the order of the commands. */
  readonly decisions: readonly (
    | { readonly accepted: true; readonly events: readonly HallEvent[] }
    | { readonly accepted: false; readonly refusal: Refusal }
  )[];
}

export const decideBatch = (
  hall: Hall,
  setup: BranchSetup,
  commands: readonly Command[],
  now: number,
): DecidedBatch => {
  const draft = draftOf(hall);
  const changes = noChanges();
  const decisions = commands.map((command) => {
    const decision = decide(draft, setup, command, now);
    if (!decision.accepted) return decision;
    const events = decision.events.map((newEvent) => {
      const event: HallEvent = {
        ...newEvent,
        version: draft.version + 1,
        at: Math.max(now, draft.lastAt),
        commandId: command.commandId,
        actor: command.actor,
      };
      noteChange(changes, event, draft);
      applyTo(draft, event);
      return event;
    });
    return { accepted: true as const, events };
  });
  return { hall: draft, changes, decisions };
};
