import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { ServerToScreen, Snapshot } from '@antrean/shared/protocol/screens.ts';
import { heartbeatMs } from '@antrean/shared/protocol/screen-times.ts';
import { viewOf } from '@antrean/shared/views/audience.ts';
import { heldFrom, type HeldView } from '@antrean/shared/views/entries.ts';
import { followBranch } from '@antrean/shared/views/follow-branch.ts';
import type { Screen } from '@antrean/shared/views/screen.ts';
import { io, type Socket } from 'socket.io-client';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { Truth } from './check-live.ts';
import { foldOn } from './fold-on.ts';
import { lastVersion } from './read-ledger.ts';
import { whenSettled } from './when-settled.ts';

/** Entries named in one finding; more would say nothing new. */
const named = 3;

/** What a screen is told that is no device of the hall (DEVICE-5). */
const notLetIn = 'NOT_ALLOWED';

/**
 * Joins as a lobby screen, waits for a heartbeat, and holds what a screen then shows against the ledger at the very
 * version that the screen claims (I11), and that version against what is committed (I12). Where a hall lets only its own
 * devices follow, what everybody may read of its board stands for the screen. Rejects when neither is to be had.
 */
export const checkScreen = async (
  address: string,
  sql: Sql,
  truth: Truth,
  settleMs: number,
): Promise<readonly Violation[]> => {
  const socket: Socket<ServerToScreen> = io(address, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { audience: 'board', branchId: truth.hall.branchId },
  });
  try {
    const screen = await afterHeartbeat(socket, truth.hall.branchId);
    return await whenSettled(
      async () => compare(address, screen === notLetIn ? await readBoard(address, truth) : screen(), sql, truth),
      settleMs,
    );
  } finally {
    socket.disconnect();
  }
};

const readBoard = async (address: string, { hall }: Truth): Promise<HeldView> => {
  const answer = await fetch(`${address}/v1/branches/${hall.branchId}/board`, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`the server shows no board of ${hall.branchId}: ${answer.status}`);
  return heldFrom((await answer.json()) as Snapshot);
};

const afterHeartbeat = (
  socket: Socket<ServerToScreen>,
  branchId: BranchId,
): Promise<(() => HeldView) | typeof notLetIn> =>
  new Promise((resolve, reject) => {
    let screen: Screen | undefined;
    const timer = setTimeout(() => fail('the server sent no heartbeat'), heartbeatMs * 3);
    const fail = (reason: string): void => {
      clearTimeout(timer);
      reject(new Error(reason));
    };
    socket.on('connect_error', ({ message }) => {
      if (message !== notLetIn) return fail(`the server lets no screen of ${branchId} in: ${message}`);
      clearTimeout(timer);
      resolve(notLetIn);
    });
    socket.on('disconnect', (reason) => fail(`the server cut the screen off: ${reason}`));
    followBranch(socket as Parameters<typeof followBranch>[0], Date.now, (next) => (screen = next));
    socket.on('heartbeat', () => {
      const held = screen?.held;
      if (!held) return;
      clearTimeout(timer);
      resolve(() => screen?.held ?? held);
    });
  });

const compare = async (
  address: string,
  { epoch, version, entries }: HeldView,
  sql: Sql,
  { hall, epoch: known }: Truth,
): Promise<Violation[]> => {
  const committed = await lastVersion(sql, hall.branchId);
  const say = (invariant: 'I11' | 'I12', message: string): Violation[] => [
    { invariant, message: `${hall.branchId}: a screen at ${address} ${message}` },
  ];
  if (epoch !== known) return say('I11', 'shows another ledger');
  if (version > committed) return say('I12', `shows version ${version}, but only ${committed} is committed`);
  // A screen is sent only what changes for it, so that one at an older version may show all there is to see.
  const then = await foldOn(sql, hall, version);
  const wanted = viewOf('board', then);
  const differing = [...new Set([...wanted.keys(), ...entries.keys()])].filter(
    (key) => JSON.stringify(wanted.get(key)) !== JSON.stringify(entries.get(key)),
  );
  if (differing.length === 0) return [];
  const faults = differing
    .slice(0, named)
    .map(
      (key) =>
        `${JSON.stringify(entries.get(key)) ?? 'nothing'} for ${key} instead of ${JSON.stringify(wanted.get(key)) ?? 'nothing'}`,
    );
  const more = differing.length > named ? ` and ${differing.length - named} entries more` : '';
  return say(
    'I11',
    `at version ${version} shows otherwise than the ledger at ${then.version}: ${faults.join('; ')}${more}`,
  );
};
