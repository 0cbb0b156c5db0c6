import { visitSocketPath } from '@antrean/shared/protocol/visit-socket-path.ts';
import type { ServerToVisit, VisitNudge } from '@antrean/shared/protocol/visit-socket.ts';
import { io, type Socket } from 'socket.io-client';

/** After these there is nothing to hear of any more, and it is not tried again. */
const lastWords: ReadonlySet<string> = new Set(['VISIT_UNKNOWN', 'VISIT_OVER']);
/** Whoever was not let in, or was turned out, tries again after about so long, ms. */
const againMs = 30_000;
/** A page that comes from a node which has not heard yet is fetched again after so long, ms, at most so often. */
const behindMs = 250;
const triesForOne = 8;
/** When nothing more comes, all phones of a hall look once, within so long, ms. */
const lastLookMs = 4_000;

/** `live`: what is new is told; `lost`: it is not, now; `ended`: it never will be again. */
export type VisitLinkState = 'live' | 'lost' | 'ended';

/** The page that hears of its ticket. */
export interface HearingPage {
  /** Of the hall that it shows. */
  readonly version: () => number;
  /** Fetches itself anew, if somebody looks. */
  readonly look: () => Promise<void>;
  readonly changed: (state: VisitLinkState) => void;
}

/**
 * Follows a ticket by its link over a socket (PHONE-1): told that there is something new, the page looks, until what it shows is
 * as new. Connects again by itself, and then looks once.
 *
 * @param address of the server
 * @returns ends it
 */
export const openVisitLink = (link: string, page: HearingPage, address: string): (() => void) => {
  const socket: Socket<ServerToVisit> = io(address, {
    path: visitSocketPath,
    transports: ['websocket'],
    forceNew: true,
    auth: { link },
    timeout: 5_000,
    reconnectionDelay: 1_000,
    reconnectionDelayMax: 15_000,
  });
  let wanted = 0;
  let triesLeft = 0;
  let mustLook = false;
  let isLooking = false;
  let planned: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const isBehind = (): boolean => mustLook || (page.version() < wanted && triesLeft > 0);
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    while (isBehind()) {
      mustLook = false;
      triesLeft -= 1;
      const asked = wanted;
      await page.look();
      if (isBehind() && wanted === asked) await new Promise((resolve) => setTimeout(resolve, behindMs));
    }
    isLooking = false;
  };
  const lookWithin = (ms: number): void => {
    if (ms === 0) return void look();
    planned ??= setTimeout(() => {
      planned = undefined;
      void look();
    }, Math.random() * ms);
  };
  const stop = (): void => {
    clearTimeout(planned);
    clearTimeout(retry);
    planned = undefined;
    socket.disconnect();
  };
  const end = (): void => {
    stop();
    page.changed('ended');
    mustLook = true;
    lookWithin(lastLookMs);
  };
  const tryLater = (): void => {
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), againMs * (0.5 + Math.random()));
  };

  socket.on('connect', () => page.changed('live'));
  socket.on('changed', ({ version, withinMs }: VisitNudge) => {
    wanted = version;
    triesLeft = triesForOne;
    lookWithin(withinMs);
  });
  socket.on('ended', end);
  socket.on('connect_error', ({ message }) => {
    if (lastWords.has(message)) end();
    // Where there was no connection at all socket.io tries again by itself.
    else if (!socket.active) tryLater();
  });
  socket.on('disconnect', (reason) => {
    // Told to go by this side: it has been said already.
    if (reason === 'io client disconnect') return;
    page.changed('lost');
    mustLook = true;
    if (reason === 'io server disconnect') tryLater();
  });
  return stop;
};
