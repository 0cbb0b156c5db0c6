import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { ServerToScreen } from '@antrean/shared/protocol/screens.ts';
import { heartbeatMs } from '@antrean/shared/protocol/screen-times.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import { hashEntries } from '@antrean/shared/views/entries.ts';
import { followBranch } from '@antrean/shared/views/follow-branch.ts';
import { entriesOf, type Screen } from '@antrean/shared/views/screen.ts';
import { io, type Socket } from 'socket.io-client';

/**
 * Joins as a lobby screen, waits for a heartbeat, and compares what a screen then shows with the ledger (I11) and its
 * version with what is committed (I12). Rejects when the server lets no screen in.
 *
 * @param hall the ledger's state once the screen has heard the heartbeat
 */
export const checkScreen = async (
  address: string,
  branchId: BranchId,
  hall: () => Promise<Hall>,
): Promise<Violation[]> => {
  const socket: Socket<ServerToScreen> = io(address, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { audience: 'board', branchId },
  });
  try {
    const screen = await afterHeartbeat(socket);
    return differences(screen(), await hall(), branchId);
  } finally {
    socket.disconnect();
  }
};

const afterHeartbeat = (socket: Socket<ServerToScreen>): Promise<() => Screen> =>
  new Promise((resolve, reject) => {
    let screen: Screen | undefined;
    const timer = setTimeout(() => reject(new Error('the server sent no heartbeat')), heartbeatMs * 3);
    socket.on('connect_error', (error) => {
      clearTimeout(timer);
      reject(new Error(`the server lets no screen in: ${error.message}`));
    });
    followBranch(socket as Parameters<typeof followBranch>[0], Date.now, (next) => (screen = next));
    socket.on('heartbeat', () => {
      clearTimeout(timer);
      resolve(() => screen as Screen);
    });
  });

const differences = (screen: Screen, hall: Hall, branchId: BranchId): Violation[] => {
  const version = screen.held?.version ?? 0;
  if (version > hall.version) {
    const message = `${branchId}: a screen shows version ${version}, but only ${hall.version} is committed`;
    return [{ invariant: 'I12', message }];
  }
  const wanted = new Map(
    [...audienceOf.board.keys(hall)]
      .map((key): [string, unknown] => [key, audienceOf.board.value(hall, key)])
      .filter(([, value]) => value !== undefined),
  );
  if (hashEntries(entriesOf(screen)) === hashEntries(wanted)) return [];
  return [{ invariant: 'I11', message: `${branchId}: a screen shows something else than the ledger says` }];
};
