import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

/** Requests per second of POSTs whose body carries a fresh command id; every answer must have the expected status. */
export const postsPerSecond = async (options: {
  address: string;
  paths: readonly string[];
  bodyOf: (index: number) => object;
  connections: number;
  headers?: Record<string, string>;
  expected: number;
  seconds?: number;
  amount?: number;
}): Promise<number> => {
  let index = 0;
  const headers = { 'content-type': 'application/json', ...options.headers };
  const startedAt = performance.now();
  const result = await autocannon({
    url: options.address,
    connections: options.connections,
    ...(options.amount ? { amount: options.amount } : { duration: options.seconds ?? 3 }),
    requests: options.paths.map((path) => ({
      method: 'POST',
      path,
      headers,
      setupRequest: (request: object) => ({
        ...request,
        body: JSON.stringify({ commandId: randomUUID(), ...options.bodyOf(index++) }),
      }),
    })),
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const statuses = Object.keys(result.statusCodeStats ?? {});
  if (result.errors > 0 || statuses.some((status) => Number(status) !== options.expected)) {
    throw new Error(`${options.paths[0]}: ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors`);
  }
  // An amount ends when it is done; autocannon's own duration counts whole seconds.
  return result['2xx'] / (options.amount ? seconds : result.duration);
};
