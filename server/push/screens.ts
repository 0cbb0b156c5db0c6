import type { Server as HttpServer } from 'node:http';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { AgencyId, BranchId } from '@antrean/shared/domain/ids.ts';
import type { AlertView } from '@antrean/shared/protocol/alerts.ts';
import type { HelpCalls } from '@antrean/shared/protocol/help.ts';
import { heartbeatMs } from '@antrean/shared/protocol/screen-times.ts';
import {
  type AudienceName,
  type BoardWaits,
  Handshake,
  type ScreenToServer,
  type ServerToScreen,
} from '@antrean/shared/protocol/screens.ts';
import { type ShownCall, TvState } from '@antrean/shared/protocol/shown-calls.ts';
import type { Changes } from '@antrean/shared/views/changes.ts';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import { Value } from 'typebox/value';
import type { Branch } from '../hall/branch.ts';
import { BranchUnknown } from '../hall/halls.ts';
import { cutOffIfFrozen, turnOut } from './cut-off.ts';
import { ScreenRoom } from './screen-room.ts';
import { SocketDoor } from './socket-door.ts';
import { TellList, type TellListOptions } from './tell-list.ts';
import { TellShown, type TellShownOptions } from './tell-shown.ts';
import { TellWaits } from './tell-waits.ts';
import type { TrustsProxy } from './trusted-proxies.ts';

interface ScreenData {
  room: ScreenRoom;
  roomName: string;
  audience: AudienceName;
  branchId: BranchId;
  scope: Scope;
  /** When the test of its sound was asked for that it was told of last, epoch ms. */
  soundTestAt: number | null;
}
type ScreenServer = Server<ScreenToServer, ServerToScreen, DefaultEventsMap, ScreenData>;
type ScreenSocket = Socket<ScreenToServer, ServerToScreen, DefaultEventsMap, ScreenData>;

export interface ScreensOptions {
  readonly branch: (id: BranchId) => Promise<Branch>;
  readonly clock: () => number;
  /** What a screen with this cookie may see of the audience's view of the branch; `null`: nothing. */
  readonly scopeOf: (cookie: string | undefined, audience: AudienceName, branchId: BranchId) => Promise<Scope | null>;
  /** When a test of the sound of the device with this cookie was asked for, epoch ms; `null`: nothing is to be told. */
  readonly soundTestOf: (cookie: string | undefined) => Promise<number | null>;
  /** How long newcomers wait, for public screens. Throws where it cannot be said now. */
  readonly waitsOf: (branchId: BranchId) => Promise<BoardWaits>;
  /** The kiosks that call staff in these halls, for staff. Throws where it cannot be said now. */
  readonly helpCallsOf: TellListOptions<HelpCalls['calls'][number] & OfHall>['rowsOf'];
  /** The alerts that stand in these halls, for those who may see them. Throws where it cannot be said now. */
  readonly alertsOf: TellListOptions<AlertView & OfHall>['rowsOf'];
  /** Tells the other nodes on how many TVs of this one each call is to be seen. */
  readonly tellShown: TellShownOptions['tellOthers'];
  readonly trusts: TrustsProxy;
  /** At most so many sockets from one address, those of staff apart (S14). */
  readonly socketsPerAddress: number;
}

interface OfHall {
  readonly branchId: string;
}

/** How much of a hall a screen shows. */
export interface Scope {
  /** Staff of one agency see their own counters and visitors only; `null`: all. */
  readonly agencyId: AgencyId | null;
  /** Whether it is told the hall's alerts (ALERT-4). */
  readonly seesAlerts: boolean;
}
export const wholeHall: Scope = { agencyId: null, seesAlerts: false };

/** How often is looked whether whoever follows still may, and whether their sound is to be tested, ms: what ended or was taken back closes its screens in 2 s (S3, S4). */
const lookEveryMs = 1_000;

/** The sockets of all screens on this node: the server chooses the room, sends snapshot, patches and heartbeats. */
export class Screens {
  readonly #io: ScreenServer;
  readonly #options: ScreensOptions;
  readonly #rooms = new Map<BranchId, Map<string, ScreenRoom>>();
  readonly #door: SocketDoor;
  readonly #beat: NodeJS.Timeout;
  readonly #looking: NodeJS.Timeout;
  readonly #waits: TellWaits;
  readonly #help: TellList<HelpCalls['calls'][number] & OfHall>;
  readonly #alerts: TellList<AlertView & OfHall>;
  readonly #shown: TellShown;

  constructor(http: HttpServer, options: ScreensOptions) {
    this.#options = options;
    this.#door = new SocketDoor({ trusts: options.trusts, perAddress: options.socketsPerAddress });
    this.#io = new Server(http, { ...this.#door.serverOptions(), maxHttpBufferSize: 8_192 });
    this.#door.open<ScreenSocket>(this.#io, (socket) => this.#admit(socket));
    this.#io.on('connection', (socket) => this.#welcome(socket));
    this.#beat = setInterval(() => this.#heartbeat(), heartbeatMs);
    this.#looking = setInterval(() => {
      this.#cutOffSignedOut();
      this.#tellSoundTests();
    }, lookEveryMs);
    this.#waits = new TellWaits({
      waitsOf: options.waitsOf,
      followed: () => this.#followed(boardOf),
      tell: (id, waits) => this.#io.to(boardOf(id)).volatile.emit('waits', waits),
    });
    this.#help = new TellList({
      rowsOf: options.helpCallsOf,
      followed: () => this.#followed(staffOf),
      tell: (id, calls) => this.#io.to(staffOf(id)).emit('help', [...calls]),
    });
    this.#alerts = new TellList({
      rowsOf: options.alertsOf,
      followed: () => this.#followed(managersOf),
      tell: (id, alerts) => this.#io.to(managersOf(id)).emit('alerts', alerts),
    });
    this.#shown = new TellShown({
      tell: (id, calls) => this.#io.to(staffOf(id)).emit('shown', calls),
      tellOthers: options.tellShown,
    });
  }

  /** Other kiosks call staff than before. */
  lookForHelp(): void {
    void this.#help.look();
  }

  /** Other alerts stand than before. */
  lookForAlerts(): void {
    void this.#alerts.look();
  }

  /** On how many TVs of another node its calls are to be seen. */
  hearShown(branchId: BranchId, node: string, calls: readonly ShownCall[]): void {
    this.#shown.hear(branchId, node, calls);
  }

  follow(hall: Hall, changes: Changes): void {
    this.#shown.follow(hall);
    if (changes.events.some(({ type }) => type === 'service.paused' || type === 'service.resumed')) {
      void this.#waits.hurry(hall.branchId);
    }
    for (const room of this.#rooms.get(hall.branchId)?.values() ?? []) room.follow(hall, changes);
  }

  connected(): number {
    return this.#io.engine.clientsCount;
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    clearInterval(this.#looking);
    this.#waits.close();
    this.#help.close();
    this.#alerts.close();
    this.#shown.close();
    for (const rooms of this.#rooms.values()) for (const room of rooms.values()) room.close();
    await this.#io.close();
  }

  async #admit(socket: ScreenSocket): Promise<void> {
    const { auth, headers } = socket.handshake;
    if (!Value.Check(Handshake, auth)) throw new Error('INVALID');
    const branchId = auth.branchId as BranchId;
    const scope = await this.#options.scopeOf(headers.cookie, auth.audience, branchId).catch(tellScreen);
    if (!scope) throw new Error('NOT_ALLOWED');
    const branch = await this.#options.branch(branchId).catch(tellScreen);
    const { audience } = auth;
    const { agencyId } = scope;
    const roomName = [branchId, audience, ...(agencyId ? [agencyId] : [])].join('/');
    const room = this.#room(roomName, audience, branch, agencyId);
    this.#shown.know(branch.hall);
    socket.data = { room, roomName, audience, branchId, scope, soundTestAt: null };
  }

  #room(name: string, audience: AudienceName, branch: Branch, agencyId: AgencyId | null): ScreenRoom {
    const rooms = this.#rooms.get(branch.id) ?? new Map<string, ScreenRoom>();
    this.#rooms.set(branch.id, rooms);
    const known = rooms.get(name);
    if (known) return known;
    const room = new ScreenRoom({
      audience,
      hall: branch.hall,
      epoch: branch.epoch,
      clock: this.#options.clock,
      send: (patch) => this.#io.to(name).emit('patch', patch),
      ...(agencyId && { only: { id: agencyId, setup: () => branch.setup } }),
    });
    rooms.set(name, room);
    return room;
  }

  #welcome(socket: ScreenSocket): void {
    const { room, roomName, audience, branchId } = socket.data;
    void socket.join(roomName);
    socket.emit('snapshot', room.snapshot());
    if (audience === 'floor') this.#welcomeStaff(socket);
    if (audience === 'board') void this.#waits.latest(branchId).then((waits) => waits && socket.emit('waits', waits));
    socket.on('resync', () => socket.emit('snapshot', room.snapshot()));
    socket.on('shows', (state) => this.#shown.note(branchId, socket.id, state));
    socket.on('disconnect', () => this.#shown.forget(branchId, socket.id));
    closeOnUnknownEvents(socket);
  }

  /** They count for no address, and are told which kiosks call them and what the TVs show. */
  #welcomeStaff(socket: ScreenSocket): void {
    const { branchId, scope } = socket.data;
    this.#door.uncount(socket.conn);
    void socket.join(staffOf(branchId));
    const calls = this.#help.latest(branchId);
    if (calls) socket.emit('help', [...calls]);
    if (scope.seesAlerts) this.#welcomeManager(socket);
    socket.emit('shown', this.#shown.latest(branchId));
  }

  #welcomeManager(socket: ScreenSocket): void {
    const { branchId } = socket.data;
    void socket.join(managersOf(branchId));
    const alerts = this.#alerts.latest(branchId);
    if (alerts) socket.emit('alerts', alerts);
  }

  /** The branches of which somebody is in this room at this node. */
  #followed(roomOf: (branchId: BranchId) => string): BranchId[] {
    return [...this.#rooms.keys()].filter((id) => this.#io.sockets.adapter.rooms.has(roomOf(id)));
  }

  #heartbeat(): void {
    for (const [name, room] of [...this.#rooms.values()].flatMap((rooms) => [...rooms])) {
      if (this.#io.sockets.adapter.rooms.has(name)) this.#io.to(name).emit('heartbeat', room.heartbeat());
    }
    for (const socket of this.#io.sockets.sockets.values()) cutOffIfFrozen(socket.conn);
  }

  /** A session may end, and a device be taken back, while its screen is connected. While Postgres is away nobody is cut off. */
  #cutOffSignedOut(): void {
    for (const socket of this.#io.sockets.sockets.values()) {
      const { audience, branchId, scope } = socket.data;
      this.#options.scopeOf(socket.handshake.headers.cookie, audience, branchId).then(
        (now) => isSame(now, scope) || turnOut(socket),
        () => {},
      );
    }
  }

  /** Each device is told once of a test of its sound (VOICE-8): what is known of it is looked at each second anyway. */
  #tellSoundTests(): void {
    for (const socket of this.#io.sockets.sockets.values()) {
      if (socket.data.audience !== 'board') continue;
      this.#options.soundTestOf(socket.handshake.headers.cookie).then(
        (askedAt) => {
          if (askedAt === null || askedAt === socket.data.soundTestAt) return;
          socket.data.soundTestAt = askedAt;
          socket.emit('soundTest', askedAt);
        },
        () => {},
      );
    }
  }
}

/** The room of the public screens of a branch. */
const boardOf = (branchId: BranchId): string => `${branchId}/board`;

/** The staff of a branch, whatever their agency. */
const staffOf = (branchId: BranchId): string => `${branchId}/staff`;

/** Those of them who are told its alerts. */
const managersOf = (branchId: BranchId): string => `${branchId}/managers`;

const isSame = (now: Scope | null, before: Scope): boolean =>
  now?.agencyId === before.agencyId && now.seesAlerts === before.seesAlerts;

/** The screen is told what it can make something of, not what Postgres said. */
const tellScreen = (error: unknown): never => {
  throw new Error(error instanceof BranchUnknown ? 'BRANCH_UNKNOWN' : 'STORE_UNAVAILABLE');
};

/** A screen that says what no screen says is not one: three times, or too much at once, and it is cut off (S13, S14). */
const closeOnUnknownEvents = (socket: ScreenSocket): void => {
  let strange = 0;
  let asked = 0;
  let since = Date.now();
  socket.use(([event, said], next) => {
    if (Date.now() - since > 10_000) [asked, since] = [0, Date.now()];
    asked += 1;
    const isKnown = event === 'resync' || (event === 'shows' && isTv(socket) && Value.Check(TvState, said));
    if (!isKnown) strange += 1;
    if (strange >= 3 || asked > 20) turnOut(socket);
    else if (isKnown) next();
  });
};

/** Only those who follow the board can show it. */
const isTv = (socket: ScreenSocket): boolean => socket.data.audience === 'board';
