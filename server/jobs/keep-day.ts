import { createHash } from 'node:crypto';
import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import { isTimeToOpen } from '@antrean/shared/domain/opening-hours.ts';
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
  return 'opened';
};

/** A UUID that follows from what is done to which day: version 8, RFC 9562 §5.8. */
const commandIdOf = (act: string, branchId: BranchId, date: string): CommandId => {
  const hex = createHash('sha256').update(`${act}|${branchId}|${date}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` as CommandId;
};
