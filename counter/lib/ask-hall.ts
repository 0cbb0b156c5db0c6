import { askServer, type Reply } from '@antrean/shared/client/ask-server.ts';
import type { Speech } from '@antrean/shared/screen/speech.svelte.ts';

/** Asks about a hall, and tells when the session is over. @param path below the hall's address */
export type AskHall = <T>(path: string, body?: object) => Promise<Reply<T>>;

export const askHall =
  (branchId: string, speech: Speech, sessionEnded: () => void): AskHall =>
  async <T>(path: string, body?: object) => {
    const { language } = speech;
    const reply = await askServer<T>({ path: `/v1/branches/${branchId}${path}`, language, ...(body && { body }) });
    if (reply.kind === 'refused' && reply.status === 401) sessionEnded();
    return reply;
  };
