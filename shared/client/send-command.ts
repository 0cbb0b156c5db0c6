import type { CommandAnswer } from '../protocol/commands.ts';
import { askServer, pauseBeforeTry, type Question, type Reply } from './ask-server.ts';

export interface CommandToSend extends Question {
  readonly body: { readonly commandId: string; readonly [field: string]: unknown };
  /** How long to repeat, ms; absent: until there is an answer. */
  readonly giveUpAfterMs?: number;
  /** Told before each repetition, with how often it was sent so far. */
  readonly onRepeat?: (tries: number) => void;
}

/**
 * Sends a command and repeats it under the same id until there is an answer: the server carries it out once however
 * often it comes (SAME-1), so a lost answer costs time and never a second ticket. Never rejects.
 */
export const sendCommand = async (command: CommandToSend): Promise<Reply<CommandAnswer>> => {
  const { giveUpAfterMs = Infinity, onRepeat } = command;
  const began = Date.now();
  for (let tries = 1; ; tries++) {
    const reply = await askServer<CommandAnswer>(command);
    if (reply.kind !== 'unanswered' || Date.now() - began >= giveUpAfterMs) return reply;
    onRepeat?.(tries);
    await pauseBeforeTry(tries);
  }
};
