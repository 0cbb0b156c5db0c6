import type { BranchView } from '../protocol/branch.ts';
import type { DeskEntry } from '../protocol/screens.ts';
import { type Entries, entriesUnder } from './entries.ts';
import { linesOf, type WaitingLine } from './lobby.ts';

/** What an agent can ask for at an open counter. */
export type DeskAction = 'call-next' | 'recall' | 'start' | 'finish' | 'miss' | 'pause' | 'resume' | 'close';

/**
 * Which buttons make sense at a desk now. A hint for the eye only: the server decides, and its refusal is shown. Calling
 * an empty line is left to it, since somebody may have joined a moment ago.
 */
export const deskActions = (desk: DeskEntry, rules: BranchView['rules']): Readonly<Record<DeskAction, boolean>> => {
  const isWorking = desk.status === 'open';
  const status = desk.ticket?.status;
  const hasArrived = status === 'serving' || (status === 'called' && !rules.confirmsArrival);
  return {
    'call-next': isWorking && (!status || (rules.callNextFinishes && hasArrived)),
    recall: status === 'called',
    start: status === 'called',
    finish: hasArrived,
    miss: status === 'called',
    pause: isWorking && !status,
    resume: !isWorking,
    close: !status,
  };
};

/** What the main key does: whoever was called is received, else the next is called; `null` when neither makes sense. */
export const mainAction = (desk: DeskEntry, rules: BranchView['rules']): 'call-next' | 'start' | null => {
  const can = deskActions(desk, rules);
  if (can['call-next']) return 'call-next';
  return can.start && rules.confirmsArrival ? 'start' : null;
};

/** The counter an agent works at. */
export const deskOf = (entries: Entries, agentId: string): [counterId: string, desk: DeskEntry] | undefined =>
  entriesUnder<DeskEntry>(entries, 'desk/').find(([, desk]) => desk.agentId === agentId);

/** The lines a counter serves, whoever waits longest first. */
export const linesFor = (entries: Entries, serves: readonly string[]): WaitingLine[] => {
  const served = new Set(serves);
  return byLongestWait(linesOf(entries).filter(({ serviceId }) => served.has(serviceId)));
};

export const byLongestWait = (lines: readonly WaitingLine[]): WaitingLine[] =>
  [...lines].sort((a, b) => a.since - b.since || b.waiting - a.waiting);
