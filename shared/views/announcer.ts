import type { Utterance } from './compose-call.ts';

/** A call that is to be announced. */
export interface AnnouncedCall {
  readonly ticketId: string;
  /** Epoch ms of the server. */
  readonly calledAt: number;
  readonly number: string;
  readonly counterId: string;
  /** The visitor's. */
  readonly language: string;
}

/** A test of the sound that somebody asked for (VOICE-8). */
export interface SoundTest {
  /** Epoch ms of the server. */
  readonly askedAt: number;
}

/** What takes its turn in the one line of announcements. */
export type Announced = AnnouncedCall | SoundTest;

export const isSoundTest = (one: Announced): one is SoundTest => 'askedAt' in one;

/** What is heard and read of one announcement; times are ms after its beginning, and the parts never overlap. */
export interface Program {
  readonly sounds: readonly { readonly atMs: number; readonly clip: 'chime' | { language: string; id: string } }[];
  readonly captions: readonly { readonly atMs: number; readonly language: string; readonly text: string }[];
  /** Until the next announcement may begin. */
  readonly ms: number;
}

/** What waits to be announced, and what is being announced. Pure; the clock comes in as `now` (ms). */
export interface Announcer<One extends Announced = AnnouncedCall> {
  readonly waiting: readonly One[];
  readonly current: { readonly call: One; readonly program: Program; readonly since: number } | null;
}

const nothing: Announcer<never> = { waiting: [], current: null };
export const nothingAnnounced: Announcer = nothing;

/** How long the chime sounds, ms. */
export const chimeMs = 1_100;
/** From the chime to the first word, ms. */
const afterChimeMs = 300;
/** From one language to the next, ms. */
const betweenMs = 450;
/** From one announcement to the next, ms. */
const afterMs = 500;
/** While more calls than this wait, each is said once, in one language, in fewer words (VOICE-3). */
const briefAbove = 3;

/** @param times how often all of it is said, at least 1 */
export const programOf = (
  utterances: readonly Utterance[],
  { hasChime, times }: { readonly hasChime: boolean; readonly times: number },
): Program => {
  const sounds: Program['sounds'][number][] = [];
  const captions: Program['captions'][number][] = [];
  let at = 0;
  for (let time = 0; time < times; time += 1) {
    if (time > 0) at += betweenMs;
    if (hasChime) {
      sounds.push({ atMs: at, clip: 'chime' });
      at += chimeMs + (utterances.length > 0 ? afterChimeMs : 0);
    }
    for (const [index, { language, caption, clips }] of utterances.entries()) {
      if (index > 0) at += betweenMs;
      captions.push({ atMs: at, language, text: caption });
      for (const { id, ms, pauseMs } of clips) {
        sounds.push({ atMs: at + pauseMs, clip: { language, id } });
        at += pauseMs + ms;
      }
    }
  }
  return { sounds, captions, ms: at + afterMs };
};

/** Puts new calls at the end, in their order. One that waits already and was called again keeps its place (VOICE-4), as a test does. */
export const announce = <One extends Announced>(announcer: Announcer<One>, calls: readonly One[]): Announcer<One> => {
  let { waiting } = announcer;
  for (const call of calls) {
    const waits = waiting.some((other) => ofSame(other) === ofSame(call));
    waiting = waits ? waiting.map((other) => (ofSame(other) === ofSame(call) ? call : other)) : [...waiting, call];
  }
  return { ...announcer, waiting };
};

const ofSame = (one: Announced): string | null => (isSoundTest(one) ? null : one.ticketId);

/**
 * Ends what is over and begins the next (VOICE-3).
 *
 * @param isExpected whether it is still to be heard; a call that has done its work is passed over (VOICE-4)
 * @param compose what is heard of it
 */
export const advance = <One extends Announced>(
  { waiting, current }: Announcer<One>,
  now: number,
  isExpected: (call: One) => boolean,
  compose: (call: One, isBrief: boolean) => Program,
): Announcer<One> => {
  if (current && now < current.since + current.program.ms) return { waiting, current };
  const turn = waiting.findIndex(isExpected);
  const call = waiting[turn];
  if (!call) return nothing;
  const rest = waiting.slice(turn + 1);
  return { waiting: rest, current: { call, program: compose(call, rest.length >= briefAbove), since: now } };
};

/** What is read at a moment of an announcement: the sentence that is being said. */
export const captionAt = ({ captions, ms }: Program, elapsedMs: number): Program['captions'][number] | undefined =>
  elapsedMs < ms ? captions.filter(({ atMs }) => atMs <= elapsedMs).slice(-1)[0] : undefined;
