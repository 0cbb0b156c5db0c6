import type { AgencyId, BranchId, CounterId, JourneyId, PriorityId, ServiceId } from './ids.ts';
import type { NumberRange } from './numbers.ts';
import type { Survey } from './survey.ts';

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
  /** ISO 4217 code of every fee. */
  readonly currency: string;
  readonly hours: OpeningHours;
  readonly agencies: ReadonlyMap<AgencyId, Agency>;
  readonly services: ReadonlyMap<ServiceId, Service>;
  readonly counters: ReadonlyMap<CounterId, Counter>;
  readonly priorities: ReadonlyMap<PriorityId, PriorityClass>;
  readonly journeys: ReadonlyMap<JourneyId, Journey>;
  readonly screens: ReadonlyMap<string, HallScreen>;
  /** The first is that of every kiosk that has none of its own. */
  readonly printers: ReadonlyMap<string, HallPrinter>;
  readonly rules: HallRules;
}

/** How long a picture stays where the hall does not say so, s. */
export const usualPictureSeconds = 12;

/** Files of the hall that a board shows in turn (SCREEN-5). */
export interface HallMedia {
  /** Ids in their order. */
  readonly files: readonly string[];
  /** How long a picture stays; a video goes on to its end. */
  readonly pictureMs: number;
}

/** What a lobby TV shows (SCREEN-1). */
export interface HallScreen {
  readonly id: string;
  /** For the staff. */
  readonly name?: Texts;
  readonly layout: 'board' | 'sign';
  /** The counters whose calls it shows, with what they serve; absent: all. */
  readonly counters?: readonly CounterId[];
  /** Said beside the hints. */
  readonly notice?: Texts;
  /** Shown in turn beside the calls. */
  readonly media?: HallMedia;
  /** How loud it announces, 0 to 100; absent: as loud as the hall says (VOICE-6). */
  readonly volume?: number;
}

/** A ticket printer in the network (PAPER-5), or at the kiosk's own USB (PAPER-10). */
export interface HallPrinter {
  readonly id: string;
  readonly name?: Texts;
  /** In numbers, or `usb`. */
  readonly address: string;
  readonly port: number;
  /** Width of its roll, mm. */
  readonly paper: 58 | 80;
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
  /** Which numbers the prefix gives; absent: 1, 2, 3 … without end. The same for all services of a prefix. */
  readonly numbers?: NumberRange;
  /** When it is given, within the hall's own hours; absent: whenever the hall serves (HOURS-1). */
  readonly hours?: OpeningHours;
  /** So long before it closes no ticket is issued any more (HOURS-2); absent: as the hall's rules say. */
  readonly stopBeforeClosingMs?: number;
  /** Tickets a business day (ISSUE-4); absent: no limit. */
  readonly quota?: number;
  /** Whether it asks who takes a ticket and gives one at a time (ISSUE-5). */
  readonly onePerHolder?: boolean;
  /** The service's own standard, where a source gives one. */
  readonly standardMinutes?: number;
  /** In the hall's currency; 0 is free, absent is unknown. */
  readonly fee?: number;
  /** Papers to bring, by language. */
  readonly requirements?: Readonly<Record<string, readonly string[]>>;
  /** Where the facts of this service come from, word for word. */
  readonly source: string;
  /** Whether the hall's mobile unit gives the service, as far as its source says. */
  readonly mobile?: 'yes' | 'no' | 'unknown';
}

export interface Counter {
  readonly id: CounterId;
  /** What signs and voice say: "counter 3". */
  readonly number: number;
  /** Where it stands, as signs name it. */
  readonly area?: Texts;
  readonly serves: ReadonlySet<ServiceId>;
  /**
   * Services it serves with less skill: their tickets count here as if they had come so much later. An agent's own
   * skills will be added to it on the same scale.
   */
  readonly laterMs?: ReadonlyMap<ServiceId, number>;
  /** Services of others that it helps with when nobody waits for it, once their tickets have waited so long. */
  readonly helpsAfterMs?: ReadonlyMap<ServiceId, number>;
}

export interface PriorityClass {
  readonly id: PriorityId;
  readonly name: Texts;
  /** A ticket of this class goes as if it had come this much earlier. */
  readonly headStartMs: number;
}

/** Several services that one visit leads through under one number, such as those of a life event (JOURNEY-1). */
export interface Journey {
  readonly id: JourneyId;
  readonly name: Texts;
  /** One after another; the services of one step are in any order. No service is in it twice. */
  readonly steps: readonly (readonly ServiceId[])[];
  /** Where it comes from, word for word. */
  readonly source: string;
}

export interface HallRules {
  /** Whether the agent says that the visitor has arrived (`start`); without it a called ticket may be finished. */
  readonly confirmsArrival: boolean;
  /** Whether "call next" finishes the visit at the counter in the same command. */
  readonly callNextFinishes: boolean;
  /** After this wait a ticket goes first whatever its class; absent: no such limit. */
  readonly callByMs?: number;
  /** How a missed visitor may come back (MISS-2); absent: not at all. */
  readonly rejoin?: RejoinRule;
  /** How visitors may let others go before them (MORE-1); absent: not at all. */
  readonly moreTime?: MoreTimeRule;
  /** What becomes of a call that nobody comes to (TIMER-3), where arrivals are confirmed; absent: what the agent does. */
  readonly unanswered?: UnansweredRule;
  /** How long an agent's last act can be taken back (UNDO-1); absent: `undoWithinMs`. */
  readonly undoWithinMs?: number;
  /** So long after the end of a visit the console calls the next by itself (AUTO-1); absent: only the agent calls. */
  readonly nextAfterMs?: number;
  /** How long a visitor's phone number is kept after the business day (PERSON-1); absent: none is taken. */
  readonly contactMs?: number;
  /** What visitors are asked when they have been served (SURVEY-1, SURVEY-2); absent: nothing. */
  readonly survey?: Survey;
  /** Whether tickets are issued only in the opening hours of hall and service (HOURS-1), not as long as the day is open. */
  readonly issuesOnlyInHours?: boolean;
  /** So long before closing no ticket is issued any more, where a service does not say otherwise; absent: until closing. */
  readonly stopBeforeClosingMs?: number;
  /** Whether agents may call a ticket of their choice; managers may anyway. Absent: they may not. */
  readonly agentsMayChoose?: boolean;
  /** When visitors with an appointment are checked in (APPT-1); absent: the hall takes none. */
  readonly appointments?: AppointmentRule;
  /** Whether agents are told only how many wait for their counter, and not who (BLIND-1). Absent: they see who is next. */
  readonly hidesLine?: boolean;
  /** Whether kiosks and lobby TVs work without being paired, for trials. Absent: they do not (DEVICE-5). */
  readonly openScreens?: boolean;
  /** Whether visitors in the hall may take a ticket with their own phone (JOIN-1). Absent: they may not. */
  readonly remoteJoining?: boolean;
  /** Whether visitors' phones may be told of their call through their browser's maker (PUSH-1). Absent: they are not. */
  readonly webPush?: boolean;
  /** How lobby TVs announce a call (VOICE-6); absent: `usualAnnouncements`. */
  readonly announcements?: AnnouncementRule;
  /** The hall's own, in place of clips of the voice packs (VOICE-7); absent: none. */
  readonly recordings?: readonly Recording[];
  /** The longest wait that is still good, minutes; absent: `usualTargetMinutes` of the reports. */
  readonly waitTargetMinutes?: number;
  /** Past what managers are told (ALERT-1); absent: of nothing. */
  readonly alerts?: AlertLimits;
  /** `#rrggbb` of calls on lobby TVs (SCREEN-4); absent: that of shared/tokens.css. */
  readonly callColour?: string;
  /** Whose turn it is where tickets with and without a priority class wait; absent: head starts alone decide. */
  readonly ratio?: Ratio;
}

/** Each absent: of that nothing is told. */
export interface AlertLimits {
  /** Of whoever waits longest in a line. */
  readonly waitMinutes?: number;
  /** How many wait in the hall. */
  readonly waiting?: number;
  /** Of the waits of the day, how many are within the target at least, percent. */
  readonly sharePercent?: number;
  /** Of one visitor at a counter. */
  readonly servingMinutes?: number;
  /** For which nothing was heard of a device. */
  readonly silentMinutes?: number;
}

/** So many tickets without a priority class to so many with one, each at least 1. */
export interface Ratio {
  readonly normal: number;
  readonly priority: number;
}

export interface AnnouncementRule {
  readonly chime: boolean;
  readonly voice: boolean;
  /** How often all of it is said. */
  readonly times: number;
  /** 0 to 100. */
  readonly volume: number;
  /** Local times `HH:MM` between which nothing is heard, past midnight where `to` is earlier; absent: there are none. */
  readonly quiet?: { readonly from: string; readonly to: string };
}

/** What is heard instead of a clip; where two are of one clip, the later holds. */
export interface Recording {
  /** Of the voice pack. */
  readonly language: string;
  readonly clip: string;
  /** The id of a file of the hall. */
  readonly file: string;
  readonly ms: number;
}

/** How a hall announces that says nothing of it. */
export const usualAnnouncements: AnnouncementRule = { chime: true, voice: true, times: 1, volume: 80 };

/** How long before its hour an appointment is checked in at the earliest, and until how long after it keeps its place. */
export interface AppointmentRule {
  readonly earlyMs: number;
  readonly lateMs: number;
}

export interface RejoinRule {
  /** In time is who comes back within so long, or within so many calls of the service; without either it is always. */
  readonly withinMs?: number;
  readonly withinCalls?: number;
  /** How often a visitor may be missed and come back. */
  readonly times: number;
  /** What becomes of who comes later. */
  readonly late: 'end-of-line' | 'no-show';
}

/** What a visitor who is not ready yet is given. */
export interface MoreTimeRule {
  /** How long others go before them each time. */
  readonly forMs: number;
  /** How often a visit. */
  readonly times: number;
}

export interface UnansweredRule {
  /** How long a visitor has to come after each call. */
  readonly afterMs: number;
  /** How often the call is repeated by itself; those repeated by hand count. */
  readonly recalls: number;
  /** And when nobody came to the last one either. */
  readonly then: 'missed' | 'nothing';
}

/** How long an agent's last act can be taken back where the hall says nothing else, ms. */
export const undoWithinMs = 30_000;

/** When the hall serves, in its own zone. */
export interface OpeningHours {
  readonly week: WeekHours;
  /** Dates with other hours; where two cover a date, the later in the list holds. */
  readonly exceptions?: readonly HoursException[];
}

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** On a weekday that is absent the hall is closed. */
export type WeekHours = { readonly [D in Weekday]?: DayHours };

export interface DayHours {
  /** Local time `HH:MM`. */
  readonly opens: string;
  /** Local time `HH:MM`, later than `opens`. */
  readonly closes: string;
  /** In order, within the opening hours, not overlapping. */
  readonly breaks?: readonly { readonly from: string; readonly to: string }[];
}

export interface HoursException {
  readonly name: Texts;
  /** First date, `YYYY-MM-DD`. */
  readonly from: string;
  /** Last date, `YYYY-MM-DD`, inclusive. */
  readonly to: string;
  /** These hours hold instead of the usual; a weekday that is absent is closed. */
  readonly week: WeekHours;
}
