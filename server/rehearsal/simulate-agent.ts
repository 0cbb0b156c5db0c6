import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import type { TicketView } from '@antrean/shared/protocol/ticket.ts';
import type { Static } from 'typebox';
import { act, callNext, closeDesk, type Desk, openDesk } from './agent.ts';
import { lookAround, pass, type Scene } from './scene.ts';
import type { Chance } from './seeded.ts';

const doesNotCome = 0.06;
const takesBreak = 0.04;
/** Seconds. */
const walks = [4, 12] as const;
const serves = [20, 90] as const;
const breakLasts = [30, 90] as const;
const looksAgainAfter = [2, 5] as const;
const dayClosedLookAfter = 10;

const breakReason: Readonly<Record<string, string>> = { en: 'Break', id: 'Istirahat', az: 'Fasilə', ru: 'Перерыв' };

/**
 * One agent of the simulation: takes a counter that is closed, works there, and closes it when the simulation is stopped.
 * Returns when the counter was taken away or the day closed, to begin again with another.
 */
export const simulateAgent = async (scene: Scene, agentId: string, chance: Chance): Promise<void> => {
  await pass(scene, chance.between(0, 3));
  const board = await lookAround(scene);
  if (!board.isDayOpen) return pass(scene, dayClosedLookAfter);
  const counter = chooseCounter(scene, chance);
  if (!counter) return pass(scene, dayClosedLookAfter);
  scene.taken.set(counter.id, agentId);
  const desk: Desk = { api: scene.staff, counterId: counter.id, agentId };
  try {
    if ((await openDesk(desk)) !== 'open') return;
    try {
      await work(scene, desk, chance);
    } finally {
      // Not where a person has taken over; where it was closed it is opened and closed again, and no harm done.
      if ((await openDesk(desk)) === 'open') await closeDesk(desk);
    }
  } finally {
    scene.taken.delete(counter.id);
  }
};

/** Of the closed counters one whose services fewest of the open ones serve: people find more to choose from. */
const chooseCounter = ({ branch, board, taken }: Scene, chance: Chance): BranchView['counters'][number] | null => {
  const isTaken = (id: string): boolean => taken.has(id) || (board?.openCounters.has(id) ?? false);
  const covered = new Map<string, number>();
  for (const { id, serves } of branch.counters) {
    if (isTaken(id)) for (const service of serves) covered.set(service, (covered.get(service) ?? 0) + 1);
  }
  const coverage = (serves: readonly string[]): number =>
    serves.reduce((sum, service) => sum + (covered.get(service) ?? 0), 0) / Math.max(1, serves.length);
  return chance.pick(branch.counters, ({ id, serves }) => (isTaken(id) ? 0 : 1 / (1 + 10 * coverage(serves))));
};

/**
 * Until the counter is no longer this agent's. A manager's account may act at every counter, so before each act it looks
 * whether a person has taken over meanwhile.
 */
const work = async (scene: Scene, desk: Desk, chance: Chance): Promise<void> => {
  for (;;) {
    scene.signal.throwIfAborted();
    if ((await openDesk(desk)) !== 'open') return;
    const call = await callNext(desk);
    if (call.kind === 'refused') return;
    if (call.kind === 'nobody') {
      await pass(scene, chance.between(...looksAgainAfter));
      continue;
    }
    if (chance.happens(doesNotCome)) await waitInVain(scene, desk, call.ticket.id, chance);
    else await serve(scene, desk, call.ticket.id, chance);
    if (chance.happens(takesBreak)) await rest(scene, desk, chance);
  }
};

const serve = async (scene: Scene, desk: Desk, ticketId: string, chance: Chance): Promise<void> => {
  await pass(scene, chance.between(...walks));
  if (!(await isHere(desk, ticketId)) || (await act(desk, 'start')).kind === 'refused') return;
  await pass(scene, chance.between(...serves));
  if (await isHere(desk, ticketId)) await act(desk, 'finish');
};

const waitInVain = async (scene: Scene, desk: Desk, ticketId: string, chance: Chance): Promise<void> => {
  await pass(scene, chance.between(...walks));
  if (await isHere(desk, ticketId)) await act(desk, 'recall');
  await pass(scene, chance.between(...walks));
  if (await isHere(desk, ticketId)) await act(desk, 'miss');
};

/** Whether the visitor is still this agent's: they may have left, or a person may have been quicker. */
const isHere = async ({ api, counterId }: Desk, ticketId: string): Promise<boolean> =>
  (await api.read<Static<typeof TicketView>>(`/tickets/${ticketId}`))?.counterId === counterId;

const rest = async (scene: Scene, desk: Desk, chance: Chance): Promise<void> => {
  const language = scene.branch.languages[0] ?? 'en';
  const paused = await act(desk, 'pause', { reason: breakReason[language] ?? 'Break' });
  if (paused.kind === 'refused') return;
  await pass(scene, chance.between(...breakLasts));
  if ((await openDesk(desk)) === 'open') await act(desk, 'resume');
};
