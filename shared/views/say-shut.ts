import type { Translate } from '../locales/translate.ts';
import type { BoardWaits } from '../protocol/screens.ts';
import { dateIn, dateText, timeIn } from './date-text.ts';

/** A service that gives nobody a number now, as public screens are told it. */
export type Shut = BoardWaits['shut'][number];

/** What was told of them, by service. */
export const shutOf = (told: BoardWaits | null): ReadonlyMap<string, Shut> =>
  new Map(told?.shut.map((each) => [each.id, each]));

/**
 * Why a service gives no numbers, and when it does again (HOURS-5).
 *
 * @param zone the hall's, IANA
 * @param now the server's clock, epoch ms
 */
export const sayShut = (say: Translate, { why, quota, opensAt }: Shut, zone: string, now: number): string => {
  const reason =
    why === 'closed'
      ? say('kiosk.shut')
      : why === 'full'
        ? say('kiosk.full', { quota: quota ?? 0 })
        : say(why === 'paused' ? 'kiosk.noNumbers' : 'kiosk.usedUp');
  const next = opensAt === undefined ? '' : sayOpening(say, why === 'closed', opensAt, zone, now);
  return next ? `${reason} ${next}` : reason;
};

/** What an agency says of which every service gives no numbers. */
export const sayAllShut = (say: Translate, all: readonly Shut[], zone: string, now: number): string => {
  const opensAt = Math.min(...all.map((each) => each.opensAt ?? Infinity));
  const reason = say(all.every(({ why }) => why === 'closed') ? 'kiosk.shut' : 'kiosk.noNumbers');
  return Number.isFinite(opensAt) ? `${reason} ${sayOpening(say, false, opensAt, zone, now)}` : reason;
};

/** When a closed hall opens (HOURS-6); empty where that is not known, or about to be. */
export const sayHallOpening = (say: Translate, opensAt: number | undefined, zone: string, now: number): string =>
  opensAt === undefined ? '' : sayOpening(say, true, opensAt, zone, now);

/** What has opened by now, the next message of the server tells. */
const sayOpening = (say: Translate, isClosed: boolean, opensAt: number, zone: string, now: number): string => {
  if (opensAt <= now) return '';
  const time = timeIn(zone, opensAt);
  const date = dateIn(zone, opensAt);
  const when = date === dateIn(zone, now) ? say('kiosk.today', { time }) : `${dateText(say, date)}, ${time}`;
  return say(isClosed ? 'kiosk.opens' : 'kiosk.nextNumbers', { when });
};
