import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandId } from '@antrean/shared/domain/ids.ts';
import type { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import type { Problem } from '@antrean/shared/protocol/problem.ts';

/** How a command ended: carried out, or refused with nothing changed. */
export type CommandResult =
  | { readonly kind: 'done'; readonly answer: CommandAnswer }
  | { readonly kind: 'refused'; readonly status: number; readonly problem: Problem };

/** The public API of one branch, as a program uses it that must not lose or double anything. */
export interface HallApi {
  /** Repeats the same command id until the server has said how it ended. */
  readonly command: (path: string, commandId: CommandId, body?: object) => Promise<CommandResult>;
  /** A GET below the branch; `null` when there is no such thing. */
  readonly read: <Body>(path: string) => Promise<Body | null>;
  /** How many requests were repeated because the answer was lost or the server was busy. */
  readonly repeats: () => number;
}

/** The server did not answer for longer than it is worth waiting. What was sent last may have been carried out. */
export class HallUnreachable extends Error {}
/** The server answers, but this account, branch or request is wrong: repeating does not help. */
export class HallRejects extends Error {}

export interface HallApiOptions {
  /** Such as `http://127.0.0.1:7070`. */
  readonly address: string;
  readonly branchId: string;
  /** Absent: acts as a visitor. */
  readonly account?: { readonly login: string; readonly password: string };
  /** Requests under way at the most. */
  readonly inFlight?: number;
  /** For how long one request is repeated, ms. */
  readonly patienceMs?: number;
  /** Once given, whoever waits is in a hurry: a request is then repeated for 5 s at the most. */
  readonly hurry?: AbortSignal;
}

const requestTimeoutMs = 10_000;
const firstPauseMs = 50;
const longestPauseMs = 2_000;
const hurriedPatienceMs = 5_000;

/** Makes the API of a branch; signs in when it first needs to, and again when the session has ended. */
export const hallApi = (options: HallApiOptions): HallApi => {
  const { account, inFlight = 32, patienceMs = 60_000, hurry } = options;
  const address = options.address.replace(/\/+$/, '');
  const inTurn = atMost(inFlight);
  let repeats = 0;
  let cookie: Promise<string> | null = null;

  /** Until there is an answer that is one. */
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const askedAt = performance.now();
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const answer = await once(`${address}${path}`, init);
      if (answer instanceof Response && answer.status < 500 && answer.status !== 429) return answer;
      const reason = answer instanceof Response ? `${answer.status} ${await answer.text()}` : answer.message;
      const askedToWaitMs = answer instanceof Response ? Number(answer.headers.get('retry-after') ?? 0) * 1_000 : 0;
      const waitMs = Math.max(pauseMs * (0.5 + Math.random()), Math.min(askedToWaitMs, longestPauseMs));
      const patience = hurry?.aborted ? Math.min(hurriedPatienceMs, patienceMs) : patienceMs;
      if (performance.now() + waitMs - askedAt > patience) {
        throw new HallUnreachable(`${address} does not answer (${reason}): check that the server runs there`);
      }
      repeats += 1;
      await sleep(waitMs);
    }
  };

  const signIn = async (): Promise<string> => {
    const response = await ask('/v1/sign-in', json(account ?? {}));
    const given = response.headers.get('set-cookie')?.split(';')[0];
    if (response.ok && given) return given;
    const { message } = (await response.json()) as Problem;
    throw new HallRejects(`cannot sign in as ${account?.login}: ${message}`);
  };

  const askAsAccount = async (path: string, init: RequestInit): Promise<Response> => {
    if (!account) return ask(path, init);
    for (let tries = 1; ; tries += 1) {
      cookie ??= signIn();
      const used = cookie;
      const response = await used.then(
        (value) => ask(path, { ...init, headers: { ...init.headers, cookie: value } }),
        (error: unknown) => {
          if (cookie === used) cookie = null;
          throw error;
        },
      );
      if (response.status !== 401 || tries === 2) return response;
      if (cookie === used) cookie = null;
    }
  };

  const below = (path: string): string => `/v1/branches/${options.branchId}${path}`;
  return {
    repeats: () => repeats,
    command: (path, commandId, body = {}) =>
      inTurn(async () => {
        const response = await askAsAccount(below(path), json({ commandId, ...body }));
        if (response.ok) return { kind: 'done', answer: (await response.json()) as CommandAnswer };
        const problem = (await response.json()) as Problem;
        if (response.status === 401 || problem.code === 'NOT_ALLOWED' || problem.code === 'BRANCH_UNKNOWN') {
          throw new HallRejects(`${path} of ${options.branchId}: ${problem.message}`);
        }
        return { kind: 'refused', status: response.status, problem };
      }),
    read: <Body>(path: string) =>
      inTurn(async () => {
        const response = await askAsAccount(below(path), {});
        if (response.ok) return (await response.json()) as Body;
        const { message } = (await response.json()) as Problem;
        if (response.status === 404) return null;
        throw new HallRejects(`${path} of ${options.branchId}: ${message}`);
      }),
  };
};

const json = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** One try: an answer with its body read to the end, or why there is none. */
const once = async (url: string, init: RequestInit): Promise<Response | Error> => {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(requestTimeoutMs) });
    const { status, headers } = response;
    return new Response(await response.arrayBuffer(), { status, headers });
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return new Error(cause?.code ?? message);
  }
};

/** Lets at most so many run at a time; the rest waits in order. */
const atMost = (limit: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
