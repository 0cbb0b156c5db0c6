import type { BranchView } from '../protocol/branch.ts';
import type { DeskEntry, UndoEntry } from '../protocol/screens.ts';
import { type Entries, entriesUnder } from './entries.ts';
import { linesOf, type WaitingLine } from './lobby.ts';

/** What an agent can ask for at an open counter. */
export type DeskAction =
  | 'call-next'
  | 'recall'
  | 'start'
  | 'finish'
  | 'miss'
  | 'hold'
  | 'park'
  | 'return'
  | 'transfer'
  | 'add-leg'
  | 'note'
  | 'outcome'
  | 'cancel'
  | 'pause'
  | 'resume'
  | 'close';

/** The parts of the hall's rules that decide what a desk can ask for. */
type DeskRules = Pick<BranchView['rules'], 'confirmsArrival' | 'callNextFinishes'>;

/**
 * Which buttons make sense at a desk now. A hint for the eye only: the server decides, and its refusal is shown. Calling
 * an empty line is left to it, since somebody may have joined a moment ago.
 */
export const deskActions = (desk: DeskEntry, rules: DeskRules): Readonly<Record<DeskAction, boolean>> => {
  const isWorking = desk.status === 'open';
  const status = desk.ticket?.status;
  const hasArrived = status === 'serving' || (status === 'called' && !rules.confirmsArrival);
  return {
    'call-next': isWorking && (!status || (rules.callNextFinishes && hasArrived)),
    recall: status === 'called',
    start: status === 'called',
    finish: hasArrived,
    miss: status === 'called',
    hold: status !== undefined,
    park: status === 'serving',
    return: status !== undefined,
    transfer: status !== undefined,
    'add-leg': status !== undefined,
    note: status !== undefined,
    outcome: hasArrived,
    cancel: status !== undefined,
    pause: isWorking && !status,
    resume: !isWorking,
    close: !status,
  };
};

/** What the main key does: whoever was called is received, else the next is called; `null` when neither makes sense. */
export const mainAction = (desk: DeskEntry, rules: DeskRules): 'call-next' | 'start' | null => {
  const can = deskActions(desk, rules);
  if (can['call-next']) return 'call-next';
  return can.start && rules.confirmsArrival ? 'start' : null;
};

/** Whether a desk is open and has nobody to serve. */
export const isIdle = (desk: DeskEntry): boolean => desk.status === 'open' && !desk.ticket;

/** What can be taken back at a counter, and for how many seconds more; `null` when there is nothing, or no more time. */
export const undoAt = (
  entries: Entries,
  counterId: string,
  { undoWithinMs }: Pick<BranchView['rules'], 'undoWithinMs'>,
  now: number,
): { readonly action: string; readonly number: string; readonly seconds: number } | null => {
  const act = entries.get(`undo/${counterId}`) as UndoEntry | undefined;
  if (!act) return null;
  const seconds = Math.ceil((act.at + undoWithinMs - now) / 1_000);
  // A leg that is done is a visit that is finished, in the words of the screens.
  const action = act.action === 'go-on' ? 'finish' : act.action;
  return seconds > 0 ? { action, number: act.number, seconds } : null;
};

/** The counter an agent works at. */
export const deskOf = (entries: Entries, agentId: string): [counterId: string, desk: DeskEntry] | undefined =>
  entriesUnder<DeskEntry>(entries, 'desk/').find(([, desk]) => desk.agentId === agentId);

/** The counter that was taken over from an agent who has had none since, and who sits there now (COUNTER-7). */
export const takenOverFrom = (entries: Entries, agentId: string): [counterId: string, desk: DeskEntry] | undefined =>
  entriesUnder<DeskEntry>(entries, 'desk/').find(([, desk]) => desk.takenFrom === agentId);

/** The lines a counter serves, whoever waits longest first. */
export const linesFor = (entries: Entries, serves: readonly string[]): WaitingLine[] => {
  const served = new Set(serves);
  return byLongestWait(linesOf(entries).filter(({ serviceId }) => served.has(serviceId)));
};

export const byLongestWait = (lines: readonly WaitingLine[]): WaitingLine[] =>
  [...lines].sort((a, b) => a.since - b.since || b.waiting - a.waiting);
