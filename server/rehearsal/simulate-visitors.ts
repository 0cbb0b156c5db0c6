import { newCommandId } from '@antrean/shared/client/command-id.ts';
import type { TicketId } from '@antrean/shared/domain/ids.ts';
import type { TicketView } from '@antrean/shared/protocol/ticket.ts';
import type { Static } from 'typebox';
import type { BoardSeen } from './read-board.ts';
import { pass, type Scene } from './scene.ts';
import type { Chance } from './seeded.ts';
import { leave, takeTicket } from './visitor.ts';

/** Seconds that an agent of the simulation needs for a visitor, walk included, on average. */
const secondsPerVisit = 65;
/** People waiting for each open counter that the simulation aims at, and that it never goes beyond for a service. */
const aimedAt = 2.5;
const longestLine = 6;
const sendsAway = 0.06;
const hasPriority = 0.12;
/** Who changes their mind does so after this many seconds. */
const patience = [30, 240] as const;
/** Visitors whose change of mind is still to come, at the most. */
const fickleLimit = 200;
/** Before any counter is open nobody comes; how often that is looked at, s. */
const beforeOpening = 1;

/** Visitors come one after another until the simulation is stopped; some give up while they wait. */
export const simulateVisitors = async (scene: Scene, chance: Chance): Promise<void> => {
  let fickle = 0;
  for (;;) {
    const board = scene.board;
    if (!board?.openCounters.size) {
      await pass(scene, beforeOpening);
      continue;
    }
    await pass(scene, Math.min(30, chance.gap(meanGap(board))));
    const serviceId = wantedService(scene, board, chance);
    // The choices are made whether they are needed or not: the same seed then makes the same ones.
    const priority = chance.happens(hasPriority) ? chance.pick(scene.branch.priorities, () => 1) : null;
    const language = chance.pick(scene.branch.languages, () => 1);
    const givesUp = chance.happens(sendsAway);
    const givesUpAfter = chance.between(...patience);
    if (!serviceId) continue;
    const arrival = await takeTicket(scene.visitors, newCommandId(), {
      serviceId,
      priority: priority?.id ?? null,
      channel: 'kiosk',
      ...(language && { language }),
    });
    if (arrival.kind === 'refused') continue;
    noteWaiting(scene, serviceId);
    if (!givesUp || fickle >= fickleLimit) continue;
    fickle += 1;
    giveUp(scene, arrival.ticket.id as TicketId, givesUpAfter)
      // A visitor who forgets to give up harms nobody.
      .catch(() => {})
      .finally(() => (fickle -= 1));
  }
};

/** The emptier the lines, the more come: about as many as the open counters can serve when the aim is reached. */
const meanGap = (board: BoardSeen): number => {
  const counters = board.openCounters.size;
  const waiting = [...board.waiting.values()].reduce((sum, line) => sum + line, 0);
  const fullness = waiting / (counters * aimedAt);
  return (secondsPerVisit / counters) * Math.min(4, 0.4 + 0.6 * fullness ** 2);
};

/** Of the services that somebody serves now: the first of each agency far more often, and none with a long line. */
const wantedService = ({ branch }: Scene, board: BoardSeen, chance: Chance): string | null => {
  if (!board.isDayOpen) return null;
  const open = branch.counters.filter(({ id }) => board.openCounters.has(id));
  const rank = new Map<string, number>();
  const offered = branch.services.map(({ id, agencyId }) => {
    const place = (rank.get(agencyId) ?? 0) + 1;
    rank.set(agencyId, place);
    return { id, place, counters: open.filter(({ serves }) => serves.includes(id)) };
  });
  // Counters share their lines: what counts is how many wait for any of a counter's services.
  const waitingAt = (counterServes: readonly string[]): number =>
    counterServes.reduce((sum, id) => sum + (board.waiting.get(id) ?? 0), 0);
  const chosen = chance.pick(offered, ({ place, counters }) => {
    const room = Math.max(0, ...counters.map(({ serves }) => longestLine - waitingAt(serves) / counters.length));
    return (room * room) / place;
  });
  return chosen?.id ?? null;
};

/** Counts the newcomer before the board is looked at again, so that a burst does not go to one line. */
const noteWaiting = (scene: Scene, serviceId: string): void => {
  const { board } = scene;
  if (!board) return;
  const waiting = new Map(board.waiting).set(serviceId, (board.waiting.get(serviceId) ?? 0) + 1);
  scene.board = { ...board, waiting };
};

/** Looks at the ticket first, as who stands at the way out does for visitors: nobody leaves who has been called. */
const giveUp = async (scene: Scene, ticketId: TicketId, after: number): Promise<void> => {
  await pass(scene, after);
  const ticket = await scene.staff.read<Static<typeof TicketView>>(`/tickets/${ticketId}`);
  if (ticket?.status === 'waiting') await leave(scene.staff, newCommandId(), ticketId);
};
