import type { Command, CommandType } from '../commands.ts';
import { decide } from '../decide.ts';
import type { Actor, HallEvent } from '../events.ts';
import { applyTo } from '../evolve.ts';
import { emptyHall, type Hall } from '../hall.ts';
import { draftOf } from '../hall-draft.ts';
import type { BranchId, CommandId } from '../ids.ts';
import type { RefusalCode } from '../refusal.ts';
import type { BranchSetup } from '../setup.ts';

/** A command without what the hall adds by itself. */
export type Asked = { [T in CommandType]: Omit<Command<T>, 'commandId' | 'actor'> }[CommandType];

/** A hall of its own that nobody sees: commands are decided by the real deciders, its ledger is told and kept nowhere. */
export interface WhatIfHall {
  readonly hall: Hall;
  readonly setup: BranchSetup;
  /** @returns the events, or the code of the refusal */
  readonly send: (
    asked: Asked,
    at: number,
    as?: { readonly actor?: Actor; readonly commandId?: CommandId },
  ) => readonly HallEvent[] | RefusalCode;
}

const system: Actor = { kind: 'system' };

/** @param tell hears every event of the hall's ledger, versions 1, 2, 3 … */
export const openWhatIfHall = (
  branchId: BranchId,
  setupRevision: number,
  setup: BranchSetup,
  tell: (event: HallEvent) => void,
): WhatIfHall => {
  const draft = draftOf({ ...emptyHall(branchId), setupRevision });
  let sent = 0;
  const send: WhatIfHall['send'] = (asked, at, { actor = system, commandId } = {}) => {
    sent += 1;
    const command = { ...asked, actor, commandId: commandId ?? numbered(sent) } as Command;
    const decision = decide(draft, setup, command, at);
    if (!decision.accepted) return decision.refusal.code;
    return decision.events.map((event): HallEvent => {
      const made = { ...event, version: draft.version + 1, at, commandId: command.commandId, actor };
      applyTo(draft, made);
      tell(made);
      return made;
    });
  };
  return { hall: draft, setup, send };
};

/** A UUID of version 8 that says the how many-th command it is: the same run has the same ids. */
const numbered = (count: number): CommandId =>
  `00000000-0000-8000-8000-${count.toString(16).padStart(12, '0')}` as CommandId;
