import type { AgencyId, BranchId, CounterId, PriorityId, ServiceId } from './ids.ts';

/** A text in each of the hall's languages, by language tag (`id`, `en`, `az`, `ru`). */
export type Texts = Readonly<Record<string, string>>;

/** What the rules need to know of a branch: the set-up as it stands in Postgres, held in node memory. */
export interface BranchSetup {
  readonly branchId: BranchId;
  readonly name: Texts;
  /** IANA zone, such as `Asia/Jakarta`. */
  readonly zone: string;
  /** Local time `HH:MM` at which a new business day begins (usually 04:00). */
  readonly dayStartsAt: string;
  /** The hall's languages, the first is its default. */
  readonly languages: readonly string[];
  readonly agencies: ReadonlyMap<AgencyId, Agency>;
  readonly services: ReadonlyMap<ServiceId, Service>;
  readonly counters: ReadonlyMap<CounterId, Counter>;
  readonly priorities: ReadonlyMap<PriorityId, PriorityClass>;
  readonly rules: HallRules;
}

export interface Agency {
  readonly id: AgencyId;
  readonly name: Texts;
}

export interface Service {
  readonly id: ServiceId;
  readonly agencyId: AgencyId;
  readonly name: Texts;
  /** One or two letters before the number; services may share a prefix and then share its numbers. */
  readonly prefix: string;
  /** The service's own standard, where a source gives one. */
  readonly standardMinutes?: number;
  /** In the hall's currency; 0 is free, absent is unknown. */
  readonly fee?: number;
  /** Papers to bring, by language. */
  readonly requirements?: Readonly<Record<string, readonly string[]>>;
  /** Where the facts of this service come from, word for word. */
  readonly source: string;
}

export interface Counter {
  readonly id: CounterId;
  /** What signs and voice say: "counter 3". */
  readonly number: number;
  readonly serves: ReadonlySet<ServiceId>;
}

export interface PriorityClass {
  readonly id: PriorityId;
  readonly name: Texts;
  /** A ticket of this class goes as if it had come this much earlier. */
  readonly headStartMs: number;
}

export interface HallRules {
  /** Whether the agent says that the visitor has arrived (`start`); without it a called ticket may be finished. */
  readonly confirmsArrival: boolean;
  /** Whether "call next" finishes the visit at the counter in the same command. */
  readonly callNextFinishes: boolean;
  /** After this wait a ticket goes first whatever its class; absent: no such limit. */
  readonly callByMs?: number;
}
