import { askThrice } from '@antrean/shared/client/ask-server.ts';
import type { AnswerSoundTestBody, SoundAnswer } from '@antrean/shared/protocol/devices.ts';

/** The answers that are on their way: one after another, so that the last is the one that stays. */
let sent: Promise<unknown> = Promise.resolve();

/** Tells the server what became of the test that was asked for then, epoch ms (VOICE-8). */
export const answerSoundTest = (askedAt: number, answer: SoundAnswer): void => {
  const body = { askedAt, answer } satisfies AnswerSoundTestBody;
  sent = sent.then(() => askThrice<null>({ path: '/v1/device/sound-test', body, language: 'en' }));
};
