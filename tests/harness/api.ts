import { randomUUID } from 'node:crypto';

/** An answer of the API, with its JSON body. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** What a test does over the public API of one branch; with the cookie of whoever is signed in. */
export interface Api {
  readonly address: string;
  readonly headers: Record<string, string>;
  /** POST with a fresh command id unless the body brings one. */
  readonly post: (path: string, body?: object) => Promise<ApiAnswer>;
  readonly get: (path: string) => Promise<ApiAnswer>;
}

/** The API as a visitor sees it, or with the given cookie. */
export const apiOf = (address: string, branchId: string, headers: Record<string, string> = {}): Api => {
  const ask = async (path: string, init: RequestInit): Promise<ApiAnswer> => {
    const response = await fetch(`${address}/v1/branches/${branchId}${path}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    address,
    headers,
    post: (path, body = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ commandId: randomUUID(), ...body }),
      }),
    get: (path) => ask(path, { headers }),
  };
};

/** Signs somebody in. */
export const signIn = async (address: string, branchId: string, login: string, password: string): Promise<Api> => {
  const signedIn = await fetch(`${address}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`sign-in answered ${signedIn.status}`);
  return apiOf(address, branchId, { cookie });
};

/** Opens the day unless it is open, and counters `C-1` … for an agent each, as a manager may. */
export const openHall = async ({ post }: Api, counters: number): Promise<void> => {
  const day = await post('/day/open');
  if (day.status !== 200 && day.body.code !== 'DAY_ALREADY_OPEN') throw new Error(JSON.stringify(day.body));
  for (let index = 1; index <= counters; index++) {
    const opened = await post(`/counters/C-${index}/open`, { agentId: `agent-${index}` });
    if (opened.status !== 200 && opened.body.code !== 'COUNTER_ALREADY_OPEN') {
      throw new Error(JSON.stringify(opened.body));
    }
  }
};
