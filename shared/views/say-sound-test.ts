import type { MessageKey, MessageValues } from '../locales/translate.ts';
import type { DeviceView, SoundAnswer } from '../protocol/devices.ts';
import { answerWithinSeconds } from '../protocol/screen-times.ts';
import { timeIn } from './date-text.ts';
import { isSilent } from './device-faults.ts';

/** What became of a test says nothing of today after so long, ms. */
const shownForMs = 12 * 3_600_000;
/** A test that has begun and not ended after so long does not end any more, ms: no line of calls is longer. */
const endsWithinMs = 180_000;

interface SoundTestResult {
  readonly state: 'open' | 'good' | 'bad';
  readonly key: MessageKey;
  readonly values?: MessageValues;
}

const results: Record<Exclude<SoundAnswer, 'begun'>, Pick<SoundTestResult, 'state' | 'key'>> = {
  played: { state: 'good', key: 'devices.soundPlayed' },
  chime: { state: 'bad', key: 'devices.soundChime' },
  blocked: { state: 'bad', key: 'devices.soundTestBlocked' },
  off: { state: 'bad', key: 'devices.soundOff' },
};

/** What to say of the latest test of a device's sound (VOICE-8); `null`: nothing. @param now the server's clock, epoch ms */
export const soundTestResult = (device: DeviceView, zone: string, now: number): SoundTestResult | null => {
  const { soundTest } = device;
  if (!soundTest || now - soundTest.askedAt > shownForMs) return null;
  const { askedAt, answer, answeredAt } = soundTest;
  if (answer === null || answeredAt === null) {
    if (isSilent(device, now)) return { state: 'bad', key: 'devices.soundAway' };
    return now - askedAt < answerWithinSeconds * 1_000
      ? { state: 'open', key: 'devices.soundAsked' }
      : { state: 'bad', key: 'devices.soundUnanswered', values: { seconds: answerWithinSeconds } };
  }
  if (answer === 'begun') {
    return now - answeredAt < endsWithinMs
      ? { state: 'open', key: 'devices.soundBegun' }
      : { state: 'bad', key: 'devices.soundCutOff' };
  }
  return { ...results[answer], values: { time: timeIn(zone, answeredAt) } };
};
