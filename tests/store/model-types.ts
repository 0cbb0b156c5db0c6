export interface ModelTicket {
  readonly id: string;
  readonly number: string;
  isElderly: boolean;
  /** The service it was issued for, whose quota it counts in. */
  readonly issuedFor: string;
  serviceId: string;
  wasCalled: boolean;
  status: 'waiting' | 'called' | 'serving' | 'held' | 'parked' | 'missed' | 'done' | 'no-show' | 'cancelled';
  counterId: string | null;
  /** Since when it waits, epoch ms, or the hour it is booked for; between equals the place in the list counts. */
  since: number;
  /** Whom it is kept for: `c:` a counter, `a:` an agent. */
  keptFor: { readonly who: string } | null;
  legs: readonly {
    readonly serviceId: string;
    readonly keptFor: { readonly who: string } | null;
    /** Of a journey. */
    readonly step?: number;
  }[];
  /** How often its visitor asked for more time, and whether it is held for that. */
  postponed: number;
  isOwnHold: boolean;
  misses: number;
  /** How often its service had been called when it was missed. */
  missedAt: number;
  /** Which call and which start these were, counted over the hall. */
  called: number | null;
  started: number | null;
  /** Which turn by ratio its call was, if it was one. */
  turn: string | null;
  /** Where it stood when its visitor left, and when that was, epoch ms. */
  left: { readonly status: ModelTicket['status']; readonly counterId: string | null; readonly at: number } | null;
}

/** How one ticket stood before and after an act. */
export interface ModelStep {
  readonly before: ModelTicket;
  readonly after: ModelTicket;
}

export interface ModelCounter {
  agentId: string;
  isPaused: boolean;
  /** How the tickets of the last act here stood before and after it. */
  last: readonly ModelStep[] | null;
}

/** What the model expects of a command: a refusal's code, or what happened to which ticket. */
export type Expected = { readonly refused: string } | { readonly done: readonly string[] };

export type ModelWhat = { readonly serviceId: string } | { readonly journeyId: string };

export type ModelCommand =
  | { readonly type: 'open-day'; readonly date: string }
  | { readonly type: 'close-day' }
  | {
      readonly type: 'open-counter';
      readonly counterId: string;
      readonly agentId: string;
      readonly takeOverFrom?: string | undefined;
      readonly moveFrom?: string | undefined;
    }
  | { readonly type: 'pause-counter' | 'resume-counter' | 'close-counter'; readonly counterId: string }
  | {
      readonly type: 'issue-ticket';
      readonly what: ModelWhat;
      readonly isElderly: boolean;
      /** The hour of an appointment, epoch ms, and its business day. */
      readonly booked: { readonly hour: number; readonly date: string } | null;
    }
  | { readonly type: 'call-next' | 'recall' | 'start' | 'finish' | 'miss'; readonly counterId: string }
  | { readonly type: 'call-ticket'; readonly counterId: string; readonly ticketId: string; readonly reason?: string }
  | { readonly type: 'park' | 'undo'; readonly counterId: string }
  | { readonly type: 'resume-ticket'; readonly counterId: string; readonly ticketId: string }
  | {
      readonly type: 'hold-ticket' | 'rejoin-ticket' | 'end-missed' | 'note-ticket';
      readonly ticketId: string;
    }
  | { readonly type: 'cancel-ticket' | 'return-ticket'; readonly ticketId: string; readonly isByVisitor: boolean }
  | { readonly type: 'take-back-ticket' | 'postpone-ticket'; readonly ticketId: string }
  | { readonly type: 'change-priority'; readonly ticketId: string; readonly isElderly: boolean }
  | { readonly type: 'pause-service' | 'resume-service'; readonly serviceId: string }
  | { readonly type: 'show-message' | 'hide-message' }
  | { readonly type: 'add-leg'; readonly ticketId: string; readonly serviceId: string }
  | {
      readonly type: 'transfer-ticket';
      readonly ticketId: string;
      readonly serviceId: string | null;
      readonly keptFor: string | null;
      readonly comesBack: boolean;
    }
  | { readonly type: 'void-tickets'; readonly prefix: string; readonly from: number; readonly to: number }
  | { readonly type: 'reassign-tickets'; readonly agentId: string; readonly toAgentId: string | null };

export interface ModelService {
  readonly prefix: string;
  readonly quota?: number;
  readonly numbers?: { readonly from: number; readonly to: number; readonly step: number };
}

export interface ModelSetup {
  readonly services: ReadonlyMap<string, ModelService>;
  /** Steps by journey. */
  readonly journeys: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Services by counter. */
  readonly counters: ReadonlyMap<string, readonly string[]>;
  /** The last date that may be opened. */
  readonly furthest: string;
  readonly confirmsArrival: boolean;
  readonly callNextFinishes: boolean;
  /** Turns without and with a priority class. */
  readonly ratio?: { readonly normal: number; readonly priority: number };
  /** So many minutes before its hour an appointment is checked in at the earliest; `null`: the hall takes none. */
  readonly early: number | null;
  /** Minutes of less skill, by counter and service. */
  readonly later: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Services that a counter helps with at once, by counter. */
  readonly helps: ReadonlyMap<string, readonly string[]>;
  readonly rejoin: {
    readonly withinCalls: number;
    readonly times: number;
    readonly late: 'end-of-line' | 'no-show';
  } | null;
  /** How often in a visit others may go first; 0: never. */
  readonly moreTimes: number;
}
