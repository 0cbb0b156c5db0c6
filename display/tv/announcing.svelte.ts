import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import type { CallEntry } from '@antrean/shared/protocol/screens.ts';
import {
  advance,
  announce,
  type Announced,
  type AnnouncedCall,
  type Announcer,
  captionAt,
  isSoundTest,
  nothingAnnounced,
  type Program,
  programOf,
} from '@antrean/shared/views/announcer.ts';
import { clipsOfHall } from '@antrean/shared/views/clips-of-hall.ts';
import { baseOf, composeCall } from '@antrean/shared/views/compose-call.ts';
import { composeSoundTest, soundTestClip } from '@antrean/shared/views/compose-sound-test.ts';
import { packsWith, recordingOf } from '@antrean/shared/views/own-recordings.ts';
import { noCallsShown, noteCalls } from '@antrean/shared/views/fresh-calls.ts';
import { isQuiet } from '@antrean/shared/views/is-quiet.ts';
import { answerSoundTest } from '../lib/answer-sound-test.ts';
import { noteSound } from '../lib/sound-health.ts';
import { keepLine, keptLine } from './kept-line.ts';
import { addressOf, loadPacks, noPacks } from './load-packs.ts';
import { type Clip, Speaker } from '../lib/speaker.ts';

/** How long the first announcement waits for the lists of clips, ms. */
const patienceMs = 4_000;
/** Clips that failed are fetched anew so often, ms. */
const fetchAgainMs = 60_000;
/** How often is looked whether it is time for the next, ms. */
const lookEveryMs = 50;

/** What a TV knows when it looks. */
export interface Heard {
  readonly branch: BranchView;
  readonly calls: readonly (readonly [ticketId: string, call: CallEntry])[];
  /** The server's clock, epoch ms. */
  readonly now: number;
  /** Whether a first board has come: before, nobody is known to be expected. */
  readonly isFilled: boolean;
  /** Whether a call is one that its visitor has yet to come to. */
  readonly isExpected: (call: AnnouncedCall) => boolean;
  /** How loud this TV is to be, 1 to 100. */
  readonly volume: number;
}

/** Announces the calls of a hall with chime and voice (VOICE-3): joins the rules of announcing to clock and loudspeaker. */
export class Announcing {
  /** What is being said. */
  #caption = $state.raw<Program['captions'][number]>();
  #isBlocked = $state(false);
  readonly #speaker: Speaker;
  readonly #keep: ReturnType<typeof keepLine>;
  #heard: Heard;
  #shown = noCallsShown;
  #announcer: Announcer<Announced> = nothingAnnounced;
  #packs = noPacks;
  /** The languages that packs were asked for. */
  #languages = '';
  #waitsUntil = 0;
  readonly #timers: ReturnType<typeof setInterval>[];

  readonly #begun: (call: AnnouncedCall) => void;

  /** @param begun told of each call whose sound has begun. @param place of what this TV shows: calls it announced there, and was about to, are kept over a reload (VOICE-9) */
  constructor(heard: Heard, place: string, begun: (call: AnnouncedCall) => void) {
    this.#begun = begun;
    this.#heard = heard;
    this.#keep = keepLine(place);
    const kept = keptLine(place);
    if (kept) {
      this.#shown = kept.shown;
      this.#announcer = announce(this.#announcer, kept.waiting);
    }
    this.#speaker = new Speaker(() => this.#report());
    this.hear(heard);
    this.#timers = [
      setInterval(() => this.#look(), lookEveryMs),
      setInterval(() => void this.#fetchAhead(), fetchAgainMs),
    ];
  }

  get caption(): Program['captions'][number] | undefined {
    return this.#caption;
  }

  /** Whether the browser keeps the page silent, though the hall wants it heard. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** Takes in what is on the board now; calls that are new are announced. */
  hear(heard: Heard): void {
    const hasOthers = heard.branch.recordings !== this.#heard.branch.recordings;
    this.#heard = heard;
    if (hasOthers) void this.#fetchAhead();
    const { shown, fresh } = noteCalls(this.#shown, heard.calls, heard.now);
    this.#shown = shown;
    const news = heard.calls
      .filter(([ticketId]) => fresh.includes(ticketId))
      .map(([ticketId, call]) => ({ ticketId, ...call }))
      .sort((a, b) => a.calledAt - b.calledAt);
    if (this.#isHeard) this.#announcer = announce(this.#announcer, news);
    this.#keepLine();
    void this.#followLanguages();
    this.#report();
    this.#look();
  }

  /** Lets the sound be heard when its turn has come, also in quiet hours: somebody stands there and asked for it (VOICE-8). */
  test(askedAt: number): void {
    if (!this.#isHeard) return answerSoundTest(askedAt, 'off');
    if (this.#speaker.isBlocked) return answerSoundTest(askedAt, 'blocked');
    answerSoundTest(askedAt, 'begun');
    this.#announcer = announce(this.#announcer, [{ askedAt }]);
    this.#look();
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#speaker.silence();
    noteSound({ sound: 'none' });
  }

  /** Whether the hall wants anything to be heard of its calls. */
  get #isHeard(): boolean {
    const { chime, voice } = this.#heard.branch.announcements;
    return chime || voice;
  }

  #look(): void {
    const now = performance.now();
    if (now < this.#waitsUntil || !this.#heard.isFilled) return;
    const { waiting, current: before } = this.#announcer;
    this.#announcer = advance(
      this.#announcer,
      now,
      (one) => isSoundTest(one) || (this.#heard.isExpected(one) && !this.#isQuiet()),
      (one, isBrief) => (isSoundTest(one) ? this.#composeTest() : this.#compose(one, isBrief)),
    );
    const { current } = this.#announcer;
    if (waiting !== this.#announcer.waiting) this.#keepLine();
    if (before && current !== before) this.#answerTest(before.call);
    if (current && current !== before) {
      this.#speaker.play(current.program, this.#clipOf, this.#heard.volume);
      if (!isSoundTest(current.call) && !this.#speaker.isBlocked) this.#begun(current.call);
    }
    this.#caption = current ? captionAt(current.program, now - current.since) : undefined;
  }

  /** Once begun, a call is not begun again by a page that is loaded anew; a test is asked for again. */
  #keepLine(): void {
    const waiting = this.#announcer.waiting.flatMap((one) => (isSoundTest(one) ? [] : [one]));
    this.#keep({ shown: this.#shown, waiting });
  }

  #isQuiet(): boolean {
    const { branch, now } = this.#heard;
    return isQuiet(branch.announcements.quiet, branch.zone, now);
  }

  /** What is over was a test: tells what was heard of it. */
  #answerTest(over: Announced): void {
    if (!isSoundTest(over)) return;
    const [language = ''] = this.#heard.branch.languages;
    const clip = this.#clipOf(baseOf(language), soundTestClip);
    const wasSaid = clip !== undefined && !this.#speaker.clips.isMissing(clip.address);
    answerSoundTest(over.askedAt, !this.#speaker.isRunning ? 'blocked' : wasSaid ? 'played' : 'chime');
  }

  #composeTest(): Program {
    const { announcements, languages, recordings } = this.#heard.branch;
    const packs = packsWith(this.#packs, recordings, this.#isPlayable);
    return programOf(composeSoundTest(languages, packs), { hasChime: announcements.chime, times: 1 });
  }

  #compose({ number, counterId, language }: AnnouncedCall, isBrief: boolean): Program {
    const { announcements, counters, languages, recordings } = this.#heard.branch;
    const packs = packsWith(this.#packs, recordings, this.#isPlayable);
    const counterNumber = counters.find(({ id }) => id === counterId)?.number;
    const isSpoken = announcements.voice && counterNumber !== undefined;
    const utterances = isSpoken ? composeCall({ number, counterNumber, language }, languages, packs, isBrief) : [];
    return programOf(utterances, { hasChime: announcements.chime, times: isBrief ? 1 : announcements.times });
  }

  readonly #addressOfFile = ({ file }: { file: string }): string =>
    `/v1/branches/${this.#heard.branch.id}/files/${file}`;

  /** A recording that is broken or not there was found so before it is due: the shipped clip takes its place. */
  readonly #isPlayable = (recording: { file: string }): boolean =>
    !this.#speaker.clips.isMissing(this.#addressOfFile(recording));

  readonly #clipOf = (language: string, id: string): Clip | undefined => {
    const own = recordingOf(this.#heard.branch.recordings, language, id, this.#isPlayable);
    if (own) return { address: this.#addressOfFile(own), ms: own.ms };
    return this.#shippedClip(language, id);
  };

  readonly #shippedClip = (language: string, id: string): Clip | undefined => {
    const clip = this.#packs.get(language)?.clips[id];
    return clip && { address: addressOf(language, clip.file), ms: clip.ms };
  };

  /** Has the packs of the languages the hall has now. */
  async #followLanguages(): Promise<void> {
    const { announcements, languages } = this.#heard.branch;
    const wanted = announcements.voice ? languages.join() : '';
    if (wanted === this.#languages) return;
    this.#languages = wanted;
    if (wanted === '') return;
    this.#waitsUntil = performance.now() + patienceMs;
    const packs = await loadPacks(languages);
    if (this.#languages !== wanted) return;
    this.#packs = packs;
    this.#waitsUntil = 0;
    await this.#fetchAhead();
  }

  async #fetchAhead(): Promise<void> {
    const { branch } = this.#heard;
    const own = (branch.recordings ?? []).filter(({ language }) => this.#packs.has(language)).map(this.#addressOfFile);
    const shipped = [...this.#packs.values()].flatMap((pack) =>
      clipsOfHall(branch, pack).flatMap((id) => this.#shippedClip(pack.language, id)?.address ?? []),
    );
    const { clips } = this.#speaker;
    clips.keepOnly([...own, ...shipped]);
    // Decoded too, which those that ship need not be: what cannot be heard of them is known before a call.
    for (const address of own) await clips.get(address);
    await clips.fetchAhead(shipped);
  }

  #report(): void {
    const isBlocked = this.#isHeard && this.#speaker.isBlocked;
    this.#isBlocked = isBlocked;
    const missing = this.#speaker.clips.missing;
    noteSound({
      sound: this.#isHeard ? (isBlocked ? 'blocked' : 'on') : 'none',
      ...(missing > 0 && { missingClips: Math.min(missing, 9_999) }),
    });
  }
}
