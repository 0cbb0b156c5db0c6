import { visitSocketPath } from '@antrean/shared/protocol/visit-socket-path.ts';
import type { VisitNudge } from '@antrean/shared/protocol/visit-socket.ts';
import { io, type Socket } from 'socket.io-client';

/** A visitor's page as far as its socket goes. It does not connect again by itself. */
export interface TestVisit {
  readonly socket: Socket;
  /** `connected`, or why not. */
  readonly outcome: Promise<string>;
  /** All it was told since it came: which message, and with what. */
  readonly told: readonly (readonly [name: string, ...what: unknown[]])[];
  readonly nudges: () => VisitNudge[];
  readonly closed: Promise<string>;
}

/** @param shown what it shows for itself, as `{ link }` */
export const connectVisit = (address: string, shown: object, headers: Record<string, string> = {}): TestVisit => {
  const socket = io(address, {
    path: visitSocketPath,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: shown,
    extraHeaders: headers,
  });
  const told: [string, ...unknown[]][] = [];
  socket.onAny((name: string, ...what: unknown[]) => told.push([name, ...what]));
  return {
    socket,
    told,
    outcome: new Promise((resolve) => {
      socket.on('connect', () => resolve('connected'));
      socket.on('connect_error', ({ message }) => resolve(message));
    }),
    nudges: () => told.filter(([name]) => name === 'changed').map(([, nudge]) => nudge as VisitNudge),
    closed: new Promise((resolve) => socket.on('disconnect', (reason) => resolve(reason))),
  };
};
