import { askServer, pauseBeforeTry } from '@antrean/shared/client/ask-server.ts';
import type { AnswerSoundTestBody, SoundAnswer } from '@antrean/shared/protocol/devices.ts';

/** How often an answer is sent, when nothing is heard of it. */
const tries = 3;

/** The answers that are on their way: one after another, so that the last is the one that stays. */
let sent = Promise.resolve();

/** Tells the server what became of the test that was asked for then, epoch ms (VOICE-8). */
export const answerSoundTest = (askedAt: number, answer: SoundAnswer): void => {
  sent = sent.then(() => send({ askedAt, answer }));
};

const send = async (body: AnswerSoundTestBody): Promise<void> => {
  for (let at = 1; at <= tries; at++) {
    const { kind } = await askServer<null>({ path: '/v1/device/sound-test', body, language: 'en' });
    if (kind !== 'unanswered') return;
    await pauseBeforeTry(at);
  }
};
