import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { isTimeToOpen } from '@antrean/shared/domain/opening-hours.ts';
import { commandIdOf } from '../hall/derive-command-id.ts';
import type { Halls } from '../hall/halls.ts';

/**
 * Sees to it that a branch's business day is the one of its zone: an older day that is still open is closed, and the
 * new one opened (DAY-5) when its hours are near (DAY-6). Everything follows from the state, and the command ids from
 * the dates, so that running it twice, or on two nodes, changes nothing.
 *
 * @param now epoch ms
 */
export const keepDay = async (halls: Halls, branchId: BranchId, now: number): Promise<'kept' | 'opened'> => {
  const { hall, setup } = await halls.branch(branchId);
  const date = businessDate(now, setup.zone, setup.dayStartsAt);
  if (hall.day && hall.day.date >= date) return 'kept';
  const actor = { kind: 'timer' } as const;
  if (hall.day?.isOpen) {
    const commandId = commandIdOf('close-day', branchId, hall.day.date);
    await halls.run(branchId, { type: 'close-day', commandId, actor });
  }
  if (!isTimeToOpen(setup, now)) return 'kept';
  const commandId = commandIdOf('open-day', branchId, date);
  const outcome = await halls.run(branchId, { type: 'open-day', date, commandId, actor });
  if (outcome.kind === 'unavailable' || outcome.kind === 'unknown') {
    throw new Error(`the business day ${date} of ${branchId} could not be opened: ${outcome.kind}`);
  }
  // Refused: somebody was quicker.
  return outcome.kind === 'done' ? 'opened' : 'kept';
};
