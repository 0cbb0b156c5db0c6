import type { Branch } from '@antrean/server/hall/branch.ts';
import type { Outcome } from '@antrean/server/hall/outcome.ts';
import type { ScreenRoom } from '@antrean/server/push/screen-room.ts';
import type { Command } from '@antrean/shared/domain/commands.ts';
import type { AudienceName } from '@antrean/shared/protocol/screens.ts';
import type { Packet } from './packet.ts';

/** A node as screens, clients and faults see it. */
export interface NodePart {
  readonly name: string;
  readonly branch: Branch | undefined;
  /** What this machine's clock is off by, ms. */
  skewMs: number;
  readonly start: () => void;
  readonly crash: () => void;
  /** Answers once there is an outcome; a node that is down or dies meanwhile never does. */
  readonly run: (command: Command, answer: (outcome: Outcome) => void) => void;
  readonly room: (audience: AudienceName) => ScreenRoom | undefined;
  readonly hearNews: (message: string) => void;
  readonly connect: (screen: ScreenPart) => void;
  readonly disconnect: (screen: ScreenPart) => void;
}

/** A screen as a node sees it. */
export interface ScreenPart {
  readonly audience: AudienceName;
  readonly send: (event: 'snapshot' | 'patch' | 'heartbeat', packet: Packet) => void;
  readonly cutOff: () => void;
}
