import { keepLink } from '@antrean/shared/client/keep-link.ts';
import type { AudienceName } from '@antrean/shared/protocol/screens.ts';
import type { Entries } from '@antrean/shared/views/entries.ts';
import { entriesOf, newScreen, type Screen } from '@antrean/shared/views/screen.ts';
import { io, type Socket } from 'socket.io-client';

/** A screen as a browser runs it, without the browser: the product's own fold on a real socket. */
export interface TestScreen {
  readonly socket: Socket;
  readonly state: () => Screen;
  readonly entries: () => Entries;
  /** How often it has asked for a snapshot. */
  readonly resyncs: () => number;
  readonly close: () => void;
}

/** Connects a screen; it connects again by itself when it is cut off, as the real ones do. */
export const startTestScreen = (
  address: string,
  branchId: string,
  { audience = 'board', headers = {} }: { audience?: AudienceName; headers?: Record<string, string> } = {},
): TestScreen => {
  const socket = io(address, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
    auth: { audience, branchId },
    extraHeaders: headers,
  });
  let screen = newScreen(Date.now());
  let resyncs = 0;
  socket.onAnyOutgoing((event) => (resyncs += Number(event === 'resync')));
  const endLink = keepLink(socket, (next) => (screen = next));
  return {
    socket,
    state: () => screen,
    entries: () => entriesOf(screen),
    resyncs: () => resyncs,
    close: endLink,
  };
};
