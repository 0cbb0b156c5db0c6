import { randomUUID } from 'node:crypto';

/** What the benchmark does over the public API. */
export interface BenchApi {
  readonly address: string;
  readonly headers: Record<string, string>;
  readonly post: (path: string, body?: object) => Promise<{ status: number; body: Record<string, unknown> }>;
}

/** Signs the manager in. */
export const benchApi = async (address: string, password: string): Promise<BenchApi> => {
  const signedIn = await fetch(`${address}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'bench', password }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`sign-in answered ${signedIn.status}`);
  const headers = { cookie };
  return {
    address,
    headers,
    post: async (path, body = {}) => {
      const response = await fetch(`${address}/v1/branches/bench${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ commandId: randomUUID(), ...body }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
};

/** Opens the day unless it is open, and every counter for an agent of its own. */
export const openHall = async ({ post }: BenchApi, counters: number): Promise<void> => {
  const day = await post('/day/open');
  if (day.status !== 200 && day.body.code !== 'DAY_ALREADY_OPEN') throw new Error(JSON.stringify(day.body));
  for (let index = 1; index <= counters; index++) {
    const opened = await post(`/counters/C-${index}/open`, { agentId: `agent-${index}` });
    if (opened.status !== 200 && opened.body.code !== 'COUNTER_ALREADY_OPEN') throw new Error(JSON.stringify(opened.body));
  }
};
