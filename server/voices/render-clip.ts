import { execFileSync } from 'node:child_process';

/** What espeak-ng writes: one channel of 16 bits. */
const sampleRate = 22_050;
/** A sample below this share of the loudest counts as silence before and after the words. */
const silenceBelow = 0.015;
/** Left of that silence at both ends, so that no consonant is cut, ms. */
const marginMs = 12;
/** How loud the words are on average, of 1. About −19 dBFS: two voices of different languages sound equally loud. */
const level = 0.11;
const loudest = 0.89;
/** MP3 and not Opus: every browser with WebAudio decodes it, also those of TVs whose makers left Opus out. */
const mp3 = ['-c:a', 'libmp3lame', '-b:a', '32k', '-f', 'mp3'];
/** Of texts there are so many that they are made small, for kiosks only: their browsers are Chromium, which decodes Opus. */
const opus = ['-c:a', 'libopus', '-b:a', '10k', '-application', 'voip', '-frame_duration', '60', '-f', 'ogg'];

export interface Voice {
  readonly voice: string;
  readonly wordsPerMinute: number;
}

/**
 * Writes spoken words as an MP3 or as Opus, trimmed and levelled. Throws when a program is missing or fails.
 *
 * @param file where to; no pipe, for the encoder goes back to its first frame to note how much silence players must leave out
 * @returns the length of the words, ms
 */
export const renderClip = (
  words: string,
  { voice, wordsPerMinute }: Voice,
  file: string,
  format: 'mp3' | 'opus' = 'mp3',
): number => {
  const wave = execFileSync('espeak-ng', ['-v', voice, '-s', String(wordsPerMinute), '--stdout', '--', words], {
    maxBuffer: 16 << 20,
  });
  const samples = levelled(trimmed(samplesOf(wave)));
  execFileSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 's16le', '-ar', String(sampleRate), '-ac', '1', '-i', 'pipe:0'],
      // Neither names nor the time of making: the same words give the same file.
      ...['-map_metadata', '-1', '-id3v2_version', '0', '-write_id3v1', '0'],
      ...(format === 'mp3' ? mp3 : [...opus, '-fflags', '+bitexact', '-flags:a', '+bitexact']),
      ...['-y', file],
    ],
    { input: Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength) },
  );
  return Math.round((samples.length / sampleRate) * 1000);
};

/** The samples of a WAV file; what espeak-ng writes has a header of 44 bytes and no further part. */
const samplesOf = (wave: Buffer): Int16Array => {
  if (wave.readUInt32LE(24) !== sampleRate) throw new Error(`espeak-ng wrote ${wave.readUInt32LE(24)} Hz`);
  return new Int16Array(Uint8Array.from(wave.subarray(44)).buffer);
};

const trimmed = (samples: Int16Array): Int16Array => {
  const floor = peakOf(samples) * silenceBelow;
  const isLoud = (sample: number): boolean => Math.abs(sample) > floor;
  const margin = (marginMs * sampleRate) / 1000;
  const from = samples.findIndex(isLoud) - margin;
  const to = samples.findLastIndex(isLoud) + margin;
  return samples.slice(Math.max(0, Math.round(from)), Math.round(to));
};

const levelled = (samples: Int16Array): Int16Array => {
  const square = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const gain = Math.min((level * 32_767) / Math.sqrt(square), (loudest * 32_767) / peakOf(samples));
  return samples.map((sample) => Math.round(sample * gain));
};

const peakOf = (samples: Int16Array): number => samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 1);
