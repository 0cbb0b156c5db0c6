import type { Problem } from '../protocol/problem.ts';

/**
 * What a request came to. `unanswered`: no word, half a word, or a word that leaves open what happened (5xx) - asking
 * again is right, believing anything is not.
 */
export type Reply<T> =
  | { readonly kind: 'done'; readonly body: T }
  | { readonly kind: 'refused'; readonly status: number; readonly problem: Problem }
  | { readonly kind: 'unanswered' };

export interface Question {
  /** From the root of the server, such as `/v1/branches`. */
  readonly path: string;
  /** Present: a POST, of JSON or of bytes as they are. */
  readonly body?: object | Blob;
  /** BCP 47 tag of the language problems are told in. */
  readonly language: string;
}

/** After this a request counts as unanswered, ms; the server gives up on its store well before. */
const timeoutMs = 10_000;

/** Asks the server once. Never rejects. */
export const askServer = async <T>({ path, body, language }: Question): Promise<Reply<T>> => {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  const isBytes = body instanceof Blob;
  const type = isBytes ? 'application/octet-stream' : 'application/json';
  try {
    const response = await fetch(path, {
      method: body ? 'POST' : 'GET',
      headers: { 'accept-language': language, ...(body && { 'content-type': type }) },
      ...(body && { body: isBytes ? body : JSON.stringify(body) }),
      signal: abort.signal,
    });
    if (response.status >= 500) return { kind: 'unanswered' };
    const answer: unknown = response.status === 204 ? null : await response.json();
    if (response.ok) return { kind: 'done', body: answer as T };
    return { kind: 'refused', status: response.status, problem: answer as Problem };
  } catch {
    return { kind: 'unanswered' };
  } finally {
    clearTimeout(timer);
  }
};

/** Asks until there is an answer: for what a screen cannot begin without. */
export const askUntilAnswered = async <T>(question: Question): Promise<Exclude<Reply<T>, { kind: 'unanswered' }>> => {
  for (let tries = 1; ; tries++) {
    const reply = await askServer<T>(question);
    if (reply.kind !== 'unanswered') return reply;
    await pauseBeforeTry(tries);
  }
};

/** Asks three times when answers are lost: for what somebody waits for, and has another way when it does not come. */
export const askThrice = async <T>(question: Question): Promise<Reply<T>> => {
  for (let tries = 1; ; tries++) {
    const reply = await askServer<T>(question);
    if (reply.kind !== 'unanswered' || tries === 3) return reply;
    await pauseBeforeTry(tries);
  }
};

/** Waits a little longer before each repetition, up to two seconds. */
export const pauseBeforeTry = (tries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** (tries - 1), 2_000)));
