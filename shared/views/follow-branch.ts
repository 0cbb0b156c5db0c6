import type { ScreenToServer, ServerToScreen } from '../protocol/screens.ts';
import { newScreen, passTime, type Screen, type ScreenStep, takeHeartbeat, takePatch, takeSnapshot } from './screen.ts';

/** The part of a socket.io client socket that a screen uses. */
export interface ScreenSocket {
  on<E extends keyof ServerToScreen>(event: E, listener: ServerToScreen[E]): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  emit<E extends keyof ScreenToServer>(event: E): unknown;
}

/**
 * Joins the screen's fold to its socket; decides nothing. `show` gets every new state. A snapshot is asked for at most
 * once a second, so that a doubtful screen does not burden a server that has just come back.
 *
 * @returns to be called about once a second, so that silence is noticed
 */
export const followBranch = (
  socket: ScreenSocket,
  clock: () => number,
  show: (screen: Screen) => void,
): (() => void) => {
  let screen = newScreen(clock());
  let askedAt = -Infinity;
  const take = ({ screen: next, asksAgain }: ScreenStep): void => {
    screen = next;
    show(screen);
    if (asksAgain && clock() - askedAt >= 1_000) {
      askedAt = clock();
      socket.emit('resync');
    }
  };
  socket.on('snapshot', (snapshot) => take(takeSnapshot(screen, snapshot, clock())));
  socket.on('patch', (patch) => take(takePatch(screen, patch, clock())));
  socket.on('heartbeat', (beat) => take(takeHeartbeat(screen, beat, clock())));
  socket.on('disconnect', () =>
    take({ screen: { ...screen, link: screen.held ? 'lost' : 'connecting' }, asksAgain: false }),
  );
  return () => take({ screen: passTime(screen, clock()), asksAgain: false });
};
