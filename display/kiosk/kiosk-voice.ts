import type { SpokenPack } from '@antrean/shared/protocol/spoken-pack.ts';
import type { VoicePack } from '@antrean/shared/protocol/voice-pack.ts';
import type { Program } from '@antrean/shared/views/announcer.ts';
import { baseOf } from '@antrean/shared/views/compose-call.ts';
import { betweenPartsMs, betweenTextsMs, clipsOfText, type SpokenClip } from '@antrean/shared/views/spoken-clips.ts';
import { type Clip, Speaker } from '../lib/speaker.ts';

const folder = '/display/voices';
/** In so many steps from soft to loud. */
const loudest = 10;
/** A browser that was touched a moment ago may still take a while to begin, ms. */
const patienceMs = 1_000;

/** The recordings of a language: those of texts, and those of numbers and letters. */
interface Packs {
  readonly texts: SpokenPack | null;
  readonly calls: VoicePack | null;
}

/** One for the page: it listens to every touch. */
let speaker: Speaker | undefined;

/**
 * Speaks to the visitor at the kiosk, in a voice of the browser where it has one of the language, else by recordings
 * (SPOKEN-2). Voices that send what they say to somebody else's server are not used.
 */
export class KioskVoice {
  readonly #packs = new Map<string, Promise<Packs>>();
  #loudness = 7;
  /** Counts what was said: what was asked for later silences what is still being loaded. */
  #turn = 0;

  /** 10 to 100. */
  get volume(): number {
    return this.#loudness * 10;
  }

  changeVolume(by: 1 | -1): void {
    this.#loudness = Math.min(loudest, Math.max(1, this.#loudness + by));
  }

  /**
   * Says texts one after another; what was said before ends.
   *
   * @param unsaid said in place of a text that there is no recording of
   */
  async say(texts: readonly string[], language: string, unsaid: string): Promise<void> {
    this.silence();
    const turn = this.#turn;
    const voice = voiceOf(language);
    if (voice) {
      const utterance = new SpeechSynthesisUtterance(texts.join('. '));
      Object.assign(utterance, { voice, lang: voice.lang, volume: this.#loudness / loudest });
      speechSynthesis.speak(utterance);
      return;
    }
    speaker ??= new Speaker(() => {});
    const base = baseOf(language);
    const packs = await this.#packsOf(base);
    if (turn === this.#turn && (await isRunning(speaker)) && turn === this.#turn)
      speaker.play(programOf(texts, unsaid, base, packs), (of, id) => clipIn(packs, of, id), this.volume);
  }

  silence(): void {
    this.#turn += 1;
    speaker?.silence();
    // Not in every browser, nor in those that were built without.
    if ('speechSynthesis' in window) speechSynthesis.cancel();
  }

  #packsOf(language: string): Promise<Packs> {
    const known = this.#packs.get(language) ?? loadPacks(language);
    this.#packs.set(language, known);
    return known;
  }
}

const voiceOf = (language: string): SpeechSynthesisVoice | undefined =>
  'speechSynthesis' in window
    ? speechSynthesis.getVoices().find(({ lang, localService }) => localService && baseOf(lang) === baseOf(language))
    : undefined;

const isRunning = async (started: Speaker): Promise<boolean> => {
  const until = Date.now() + patienceMs;
  while (!started.isRunning && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  return started.isRunning;
};

/** Recordings that do not come now are asked for again with the next visitor. */
const loadPacks = async (language: string): Promise<Packs> => {
  const [texts, calls] = await Promise.all([load<SpokenPack>(`kiosk-${language}`), load<VoicePack>(language)]);
  return { texts, calls };
};

const load = async <T>(name: string): Promise<T | null> => {
  try {
    const answer = await fetch(`${folder}/${name}/pack.json`);
    return answer.ok ? ((await answer.json()) as T) : null;
  } catch {
    return null;
  }
};

/** Clips of texts are kept apart from those of calls by what stands before their id. */
const ofText = 'text:';

const clipIn = ({ texts, calls }: Packs, language: string, id: string): Clip | undefined => {
  const isText = id.startsWith(ofText);
  const clip = isText ? texts?.clips[id.slice(ofText.length)] : calls?.clips[id];
  return clip && { address: `${folder}/${isText ? 'kiosk-' : ''}${language}/${clip.file}`, ms: clip.ms };
};

const programOf = (texts: readonly string[], unsaid: string, language: string, packs: Packs): Program => {
  const has = (text: string): boolean => packs.texts?.clips[text] !== undefined;
  const sounds: { atMs: number; clip: { language: string; id: string } }[] = [];
  let atMs = 0;
  const put = (clips: readonly SpokenClip[]): void => {
    for (const clip of clips) {
      const id = 'text' in clip ? `${ofText}${clip.text}` : clip.id;
      sounds.push({ atMs, clip: { language, id } });
      atMs += (clipIn(packs, language, id)?.ms ?? 0) + betweenPartsMs;
    }
    atMs += betweenTextsMs;
  };
  let wasUnsaid = false;
  for (const text of texts) {
    const clips = clipsOfText(text, has);
    // Once in a row: a page of names that nobody recorded is not a page of apologies.
    if (clips) put(clips);
    else if (!wasUnsaid) put(clipsOfText(unsaid, has) ?? []);
    wasUnsaid = clips === null;
  }
  return { sounds, captions: [], ms: atMs };
};
