import { expect } from 'vitest';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `undefined` for an answer that is not JSON. */
  readonly body: Record<string, unknown> | undefined;
}

export interface Asked {
  readonly headers?: Record<string, string>;
  /** Sent as it is. */
  readonly text?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** One request, exactly as told. */
export const ask = async (url: string, method: string, { headers, text, body }: Asked = {}): Promise<Answer> => {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(sent !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(sent !== undefined && { body: sent }),
  });
  const answered = await response.text();
  const isJson = /^application\/json\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text: answered,
    body: isJson ? (JSON.parse(answered) as Record<string, unknown>) : undefined,
  };
};

/** The answer is a problem as the API promises it: this status, this code, a sentence, and nothing inner. */
export const expectProblem = (answer: Answer, status: number, code: string | RegExp): void => {
  expect({ status: answer.status, body: answer.body }).toMatchObject({
    status,
    body: { code: typeof code === 'string' ? code : expect.stringMatching(code), message: expect.any(String) },
  });
  expect(Object.keys(answer.body ?? {}).filter((key) => !['code', 'message', 'details'].includes(key))).toEqual([]);
  expect(String(answer.body?.message)).toMatch(/\S{2,}/);
  expect(answer.text).not.toMatch(/node_modules|at .*\.ts:|postgres\.js|select |password_?hash|\$argon2|FST_/i);
};
