import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { shutReasons } from '../domain/shut-reasons.ts';
import type { AlertView } from './alerts.ts';
import type { HelpCalls } from './help.ts';
import type { ShownCall, TvState } from './shown-calls.ts';
import { CallReasonView } from './call-reason.ts';

/**
 * What a screen holds: entries by key, folded from a snapshot and patches. Keys by audience:
 *
 * | key | board (public) | floor (staff) | value |
 * |---|---|---|---|
 * | `day` | yes | yes | `DayEntry` |
 * | `setup` | yes | yes | `SetupEntry` |
 * | `message` | yes | yes | `MessageEntry`; absent when there is none |
 * | `line/<serviceId>` | yes | yes | `LineEntry`; absent when nobody waits |
 * | `call/<ticketId>` | yes | yes | `CallEntry`, the latest calls |
 * | `missed` | yes | yes | `MissedEntry`; absent when nobody is |
 * | `counter/<counterId>` | yes | yes | `CounterEntry`; absent when closed |
 * | `desk/<counterId>` | | yes | `DeskEntry`; absent when closed |
 * | `visit/<counterId>` | | yes | `VisitEntry`; absent when there is no visitor, or nothing to say of the visit |
 * | `undo/<counterId>` | | yes | `UndoEntry`; absent when there is nothing to take back |
 * | `paused/<serviceId>` | | yes | `PausedEntry`; absent while it gives numbers |
 * | `aside/<ticketId>` | | yes | `AsideEntry`: who is held, parked or missed |
 * | `totals` | | yes | `TotalsEntry` |
 */
export const audiences = ['board', 'floor'] as const;
export type AudienceName = (typeof audiences)[number];

const strict = { additionalProperties: false };
const instant = Type.Integer({ description: 'epoch ms' });

export const DayEntry = Type.Object({ date: Type.String(), isOpen: Type.Boolean() }, strict);
export const SetupEntry = Type.Object({ revision: Type.Integer() }, strict);
/** What the lobby TVs say for the time being (MESSAGE-1). */
export const MessageEntry = Type.Object(
  { texts: Type.Record(Type.String(), Type.String(), { description: 'by language' }), until: instant },
  strict,
);
/** A service that gives visitors no number for the time being (PAUSE-1). */
export const PausedEntry = Type.Object({ reason: Type.String(), since: instant }, strict);
export const LineEntry = Type.Object(
  {
    waiting: Type.Integer(),
    since: Type.Integer({
      description:
        'since when whoever waits longest waits, epoch ms; in the future while only visitors wait who came before their hour',
    }),
  },
  strict,
);
export const CallEntry = Type.Object(
  {
    number: Type.String(),
    serviceId: Type.String(),
    counterId: Type.String(),
    language: Type.String(),
    calledAt: instant,
    times: Type.Integer({ description: '1 for the first call, one more for each repetition' }),
    state: Type.Union([Type.Literal('called'), Type.Literal('serving')]),
  },
  strict,
);
/** The visitors who did not come when called and are still expected, the latest first. */
export const MissedEntry = Type.Array(
  Type.Object({ number: Type.String(), serviceId: Type.String(), missedAt: instant }, strict),
);
export const CounterEntry = Type.Object({ status: Type.Union([Type.Literal('open'), Type.Literal('paused')]) }, strict);
export const DeskEntry = Type.Object(
  {
    agentId: Type.String(),
    status: Type.Union([Type.Literal('open'), Type.Literal('paused')]),
    pauseReason: Type.Union([Type.String(), Type.Null()]),
    since: instant,
    ticket: Type.Union([
      Type.Object(
        {
          id: Type.String(),
          number: Type.String(),
          serviceId: Type.String(),
          priority: Type.Union([Type.String(), Type.Null()]),
          language: Type.String(),
          status: Type.Union([Type.Literal('called'), Type.Literal('serving')]),
          queuedAt: Type.Integer({ description: 'since when its visitor waits, epoch ms' }),
          calledAt: instant,
          startedAt: Type.Union([instant, Type.Null()]),
          recalls: Type.Integer(),
          why: Type.Union([CallReasonView, Type.Null()]),
        },
        strict,
      ),
      Type.Null(),
    ]),
    takenFrom: Type.Optional(
      Type.String({ description: 'the agent from whom it was taken over, until they work at a counter again' }),
    ),
  },
  strict,
);
/** What goes on with the visitor at a counter; apart from the desk, which changes more often. */
export const VisitEntry = Type.Object(
  {
    note: Type.Union([Type.String(), Type.Null()]),
    legs: Type.Array(Type.String(), { description: 'the services that come after this one, in order' }),
  },
  strict,
);
/** What was done last at a counter, while nothing but time is in the way of taking it back (UNDO-1). */
export const UndoEntry = Type.Object({ action: Type.String(), number: Type.String(), at: instant }, strict);
/** A visitor who is set aside (HOLD-1, PARK-1, LIFE-5). */
export const AsideEntry = Type.Object(
  {
    state: Type.Union([Type.Literal('held'), Type.Literal('parked'), Type.Literal('missed')]),
    number: Type.String(),
    serviceId: Type.String(),
    reason: Type.Optional(Type.String({ description: 'why it is held' })),
    until: Type.Optional(Type.Integer({ description: 'when a held one comes back by itself, epoch ms' })),
    agentId: Type.Optional(Type.String({ description: 'whom a parked one is kept for' })),
    missedAt: Type.Optional(instant),
    misses: Type.Optional(Type.Integer({ description: 'how often the visitor did not come' })),
  },
  strict,
);
export const TotalsEntry = Type.Object(
  {
    issued: Type.Integer(),
    called: Type.Integer(),
    done: Type.Integer(),
    missed: Type.Integer(),
    cancelled: Type.Integer(),
    waitedMs: Type.Integer({ description: 'sum of the waits of all calls, ms' }),
  },
  strict,
);

export type DayEntry = Static<typeof DayEntry>;
export type SetupEntry = Static<typeof SetupEntry>;
export type MessageEntry = Static<typeof MessageEntry>;
export type PausedEntry = Static<typeof PausedEntry>;
export type LineEntry = Static<typeof LineEntry>;
export type CallEntry = Static<typeof CallEntry>;
export type MissedEntry = Static<typeof MissedEntry>;
export type CounterEntry = Static<typeof CounterEntry>;
export type DeskEntry = Static<typeof DeskEntry>;
export type VisitEntry = Static<typeof VisitEntry>;
export type UndoEntry = Static<typeof UndoEntry>;
export type AsideEntry = Static<typeof AsideEntry>;
export type TotalsEntry = Static<typeof TotalsEntry>;

/** Key and value. A tuple as JSON Schema 2020-12 and OpenAPI 3.1 write it, which `Type.Tuple` does not. */
const Entry = Type.Unsafe<[string, unknown]>({
  type: 'array',
  prefixItems: [{ type: 'string' }, {}],
  items: false,
  minItems: 2,
});

/** Everything an audience sees at a version. */
export const Snapshot = Type.Object(
  {
    epoch: Type.String({ description: 'changes when the ledger was restored: drop everything held' }),
    version: Type.Integer(),
    at: Type.Integer({ description: "the server's clock, epoch ms" }),
    entries: Type.Array(Entry),
  },
  strict,
);
/** What changed between two versions; for a screen at another version than `after` it is a sign of a gap. */
export const Patch = Type.Object(
  {
    epoch: Type.String(),
    after: Type.Integer(),
    version: Type.Integer(),
    at: Type.Integer({ description: "the server's clock, epoch ms" }),
    set: Type.Array(Entry),
    gone: Type.Array(Type.String()),
  },
  strict,
);
/** Every 5 s: since a gap cannot show that the last message was lost, version and hash of what a screen should hold. */
export const Heartbeat = Type.Object(
  {
    epoch: Type.String(),
    version: Type.Integer(),
    hash: Type.Integer({ description: '32 bits over all entries, whatever their order' }),
    at: Type.Integer({ description: "the server's clock, epoch ms" }),
  },
  strict,
);
/**
 * What newcomers to each line have to expect, told to public screens now and then: it changes with the clock alone, so it
 * is no part of what patches and hashes keep.
 */
export const BoardWaits = Type.Object(
  {
    at: Type.Integer({ description: "the server's clock, epoch ms" }),
    services: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          from: Type.Integer({ description: 'minutes (WAIT-5)' }),
          to: Type.Integer({ description: 'minutes' }),
        },
        strict,
      ),
      { description: 'the services of which enough is known to speak from experience (WAIT-3)' },
    ),
    shut: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          why: Type.Enum([...shutReasons]),
          quota: Type.Optional(Type.Integer({ description: 'how many numbers a full one has given' })),
          opensAt: Type.Optional(
            Type.Integer({ description: 'when it gives numbers again, epoch ms; absent: not within a month' }),
          ),
        },
        strict,
      ),
      { description: 'the services that give nobody a number now (HOURS-5)' },
    ),
    opensAt: Type.Optional(
      Type.Integer({ description: 'when the hours of a hall that is closed begin next, epoch ms (HOURS-6)' }),
    ),
  },
  strict,
);
export type BoardWaits = Static<typeof BoardWaits>;
export type Snapshot = Static<typeof Snapshot>;
export type Patch = Static<typeof Patch>;
export type Heartbeat = Static<typeof Heartbeat>;

/** What a screen says of itself in the socket's handshake; the server chooses the room from it. */
export const Handshake = Type.Object(
  {
    audience: Type.Union([Type.Literal('board'), Type.Literal('floor')]),
    branchId: Type.String({ pattern: idPattern }),
  },
  strict,
);
export type Handshake = Static<typeof Handshake>;

/** socket.io's types of what the server sends and what it listens to: a closed list (S13). */
export interface ServerToScreen {
  snapshot: (snapshot: Snapshot) => void;
  patch: (patch: Patch) => void;
  heartbeat: (heartbeat: Heartbeat) => void;
  waits: (waits: BoardWaits) => void;
  /** The kiosks that call staff (HELP-1), to those who follow the floor: with every change, and once they have come. */
  help: (calls: HelpCalls['calls']) => void;
  /** The alerts that stand (ALERT-4), to those who follow the floor and may see them: with every change, and once they have come. */
  alerts: (alerts: readonly AlertView[]) => void;
  /** On how many TVs each call is to be seen (SHOW-9), to those who follow the floor. */
  shown: (calls: readonly ShownCall[]) => void;
  /** A device is to let its sound be heard (VOICE-8). @param askedAt epoch ms, by which it answers */
  soundTest: (askedAt: number) => void;
}
export interface ScreenToServer {
  /** "What I hold is not right": the server answers with a `snapshot`. */
  resync: () => void;
  /** A lobby TV says what it shows: all of it, when it has come and after every change. */
  shows: (state: TvState) => void;
}
