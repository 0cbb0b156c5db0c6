import { followBranch, type ScreenSocket } from '../views/follow-branch.ts';
import type { Screen } from '../views/screen.ts';

/** The part of a socket.io client socket that keeping a link needs. */
export interface LinkSocket extends ScreenSocket {
  readonly active: boolean;
  readonly connected: boolean;
  readonly io: { readonly engine: { close: () => unknown } };
  connect: () => unknown;
  disconnect: () => unknown;
}

/**
 * Follows a branch over a socket that is kept up: a link that is silent without being closed (a pulled cable) is
 * begun anew, and so is one that the server ended, which socket.io leaves to its user.
 *
 * @returns ends the link
 */
export const keepLink = (socket: LinkSocket, show: (screen: Screen) => void): (() => void) => {
  const clock = (): number => Date.now();
  let link: Screen['link'] = 'connecting';
  const passTime = followBranch(socket, clock, (screen) => {
    link = screen.link;
    show(screen);
  });
  const timer = setInterval(() => {
    passTime();
    if (link === 'lost' && socket.connected) socket.io.engine.close();
    else if (!socket.active) socket.connect();
  }, 1_000);
  return () => {
    clearInterval(timer);
    socket.disconnect();
  };
};
