import {
  advance,
  announce,
  type Announced,
  type AnnouncedCall,
  type Announcer,
  captionAt,
  chimeMs,
  isSoundTest,
  nothingAnnounced,
  type Program,
  programOf,
} from '@antrean/shared/views/announcer.ts';
import { composeCall } from '@antrean/shared/views/compose-call.ts';
import { composeSoundTest } from '@antrean/shared/views/compose-sound-test.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packs } from './read-pack.ts';

const noon = 1_800_000_000_000;
const call = (index: number, more: Partial<AnnouncedCall> = {}): AnnouncedCall => ({
  ticketId: `t${index}`,
  calledAt: noon + index,
  number: `A${String(index).padStart(3, '0')}`,
  counterId: `c${index}`,
  language: 'id',
  ...more,
});
const compose = ({ number, language }: AnnouncedCall, isBrief: boolean): Program =>
  programOf(composeCall({ number, counterNumber: 12, language }, ['en'], packs, isBrief), {
    hasChime: true,
    times: isBrief ? 1 : 2,
  });
const testProgram = programOf(composeSoundTest(['en-GB', 'id'], packs), { hasChime: true, times: 1 });
const everybody = (_call: AnnouncedCall): boolean => true;

interface Said {
  readonly call: AnnouncedCall;
  readonly program: Program;
  readonly from: number;
}

/** Lets the clock run until nothing waits any more. @returns every announcement, as it began */
const sayAll = (given: Announcer, begin: number, stepMs: number, isExpected = everybody): Said[] => {
  const said: Said[] = [];
  let announcer = given;
  for (let now = begin; ; now += stepMs) {
    const next = advance(announcer, now, isExpected, compose);
    if (next.current && next.current !== announcer.current) said.push({ ...next.current, from: next.current.since });
    announcer = next;
    if (!announcer.current) return said;
  }
};

const lengthOf = (clip: Program['sounds'][number]['clip']): number =>
  clip === 'chime' ? chimeMs : (packs.get(clip.language)?.clips[clip.id]?.ms ?? NaN);

/** When each sound of announcements begins and ends, in the order of the lists. */
const soundsOf = (said: readonly Said[]): { from: number; to: number }[] =>
  said.flatMap(({ program, from }) =>
    program.sounds.map(({ atMs, clip }) => ({ from: from + atMs, to: from + atMs + lengthOf(clip) })),
  );

test("[VOICE-3] chime, 300 ms, the visitor's language, the hall's, and all of it again", () => {
  const { sounds, captions, ms } = compose(call(1), false);
  const shape = sounds.map(({ clip }) => (clip === 'chime' ? clip : clip.language));
  expect(shape.filter((one, index) => one !== shape[index - 1])).toEqual(['chime', 'id', 'en', 'chime', 'id', 'en']);
  expect(sounds[1]?.atMs).toBe(chimeMs + 300);
  expect(captions.map(({ language }) => language)).toEqual(['id', 'en', 'id', 'en']);
  expect(ms).toBeGreaterThan(8_000);
  expect(ms).toBeLessThan(30_000);
});

test('[VOICE-3] a hall without a chime, or without a voice, has the other alone', () => {
  const voice = programOf(composeCall({ number: 'A001', counterNumber: 1, language: 'en' }, ['en'], packs, false), {
    hasChime: false,
    times: 1,
  });
  expect(voice.sounds[0]).toEqual({ atMs: 0, clip: { language: 'en', id: 'ticket' } });
  expect(programOf([], { hasChime: true, times: 1 })).toEqual({
    sounds: [{ atMs: 0, clip: 'chime' }],
    captions: [],
    ms: chimeMs + 500,
  });
});

test('[VOICE-3] fifty calls of one second are all announced, in their order, and nothing overlaps', () => {
  const fifty = Array.from({ length: 50 }, (_, index) => call(index, { calledAt: noon + index * 20 }));
  const said = sayAll(announce(nothingAnnounced, fifty), noon, 50);
  expect(said.map(({ call: { ticketId } }) => ticketId)).toEqual(fifty.map(({ ticketId }) => ticketId));
  // With three others or more waiting behind it a call is said briefly, the last three whole.
  expect(said.map(({ program }) => new Set(program.captions.map(({ language }) => language)).size)).toEqual([
    ...Array<number>(47).fill(1),
    ...Array<number>(3).fill(2),
  ]);
  const minutes = (said.at(-1)!.from + said.at(-1)!.program.ms - noon) / 60_000;
  console.log(`50 calls are announced in ${minutes.toFixed(1)} minutes`);
  expect(minutes).toBeLessThan(6);
});

test('[VOICE-3] whenever calls come and however late the clock looks, each is said once, in order, without an overlap', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ afterMs: fc.nat(20_000), count: fc.integer({ min: 1, max: 12 }) }), { maxLength: 12 }),
      fc.integer({ min: 1, max: 3_000 }),
      (bursts, stepMs) => {
        let announcer = nothingAnnounced;
        let now = noon;
        let made = 0;
        const said: Said[] = [];
        const look = (): void => {
          const next = advance(announcer, now, everybody, compose);
          if (next.current && next.current !== announcer.current)
            said.push({ ...next.current, from: next.current.since });
          announcer = next;
        };
        for (const { afterMs, count } of bursts) {
          for (const until = now + afterMs; now < until; now += stepMs) look();
          announcer = announce(
            announcer,
            Array.from({ length: count }, () => call((made += 1))),
          );
        }
        const rest = sayAll(announcer, now, stepMs).filter(({ call: { ticketId } }) =>
          said.every((one) => one.call.ticketId !== ticketId),
        );
        const all = [...said, ...rest];
        expect(all.map(({ call: { ticketId } }) => ticketId)).toEqual(
          Array.from({ length: made }, (_, index) => `t${index + 1}`),
        );
        const sounds = soundsOf(all);
        for (const [index, { from }] of sounds.entries())
          expect(from).toBeGreaterThanOrEqual(sounds[index - 1]?.to ?? 0);
      },
    ),
    { numRuns: 60 },
  );
});

test('[VOICE-4] a call that is repeated is announced again; while the first one still waits, once, to the newest counter', () => {
  const waiting = announce(nothingAnnounced, [call(1), call(2), call(3)]);
  const again = announce(waiting, [call(2, { calledAt: noon + 9_000, counterId: 'other' })]);
  expect(sayAll(again, noon, 100).map((said) => [said.call.ticketId, said.call.counterId])).toEqual([
    ['t1', 'c1'],
    ['t2', 'other'],
    ['t3', 'c3'],
  ]);
  const begun = advance(announce(nothingAnnounced, [call(1)]), noon, everybody, compose);
  const repeated = announce(begun, [call(1, { calledAt: noon + 2_000 })]);
  expect(sayAll(repeated, noon + 2_000, 100).map(({ call: { calledAt } }) => calledAt)).toEqual([noon + 2_000]);
});

test('[VOICE-8] a test of the sound takes its turn among the calls, once, and changes none of them', () => {
  const begun = advance(announce(nothingAnnounced, [call(1), call(2)]), noon, everybody, compose);
  let announcer: Announcer<Announced> = announce<Announced>(begun, [{ askedAt: noon + 100 }]);
  announcer = announce<Announced>(announcer, [call(3), { askedAt: noon + 900 }]);
  const said: (string | number)[] = [];
  for (let now = noon; announcer.current; now += 50) {
    const next = advance(
      announcer,
      now,
      () => true,
      (one, isBrief) => (isSoundTest(one) ? testProgram : compose(one, isBrief)),
    );
    if (next.current && next.current !== announcer.current)
      said.push(isSoundTest(next.current.call) ? next.current.call.askedAt : next.current.call.ticketId);
    announcer = next;
  }
  expect(said).toEqual(['t2', noon + 900, 't3']);
  expect(testProgram.captions).toEqual([{ atMs: chimeMs + 300, language: 'en', text: 'This is a test of the sound' }]);
  expect(composeSoundTest(['tr'], packs)).toEqual([]);
});

test('[VOICE-4] whoever has come, or is no longer called, is not announced when the turn comes', () => {
  const waiting = announce(nothingAnnounced, [call(1), call(2), call(3)]);
  expect(sayAll(waiting, noon, 100, ({ ticketId }) => ticketId !== 't2').map((said) => said.call.ticketId)).toEqual([
    't1',
    't3',
  ]);
});

test('[VOICE-5] what is read is what is being said, and nothing before and after', () => {
  const { captions, ms, ...rest } = compose(call(1), false);
  const program = { captions, ms, ...rest };
  expect(captionAt(program, 0)).toBeUndefined();
  expect(captionAt(program, captions[0]!.atMs)?.text).toBe('Nomor antrean A001, silakan menuju loket 12');
  expect(captionAt(program, captions[1]!.atMs)?.language).toBe('en');
  expect(captionAt(program, ms)).toBeUndefined();
});
