import { startNode } from '@antrean/server/node.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';

// One server node in a process of its own, for the benchmark and the crash tests: DATABASE_URL and REDIS_URL in, address out.
const node = await startNode({
  databaseUrl: process.env.DATABASE_URL ?? '',
  redisUrl: process.env.REDIS_URL ?? '',
  host: '127.0.0.1',
  port: Number(process.env.PORT ?? 0),
  log: createLog(process.env.LOG_LEVEL ?? 'warn'),
  servesScreens: false,
});
process.on('message', (question) => {
  if (question === 'rss') {
    (globalThis as { gc?: () => void }).gc?.();
    process.send?.({ rssMb: process.memoryUsage().rss / 1_048_576 });
  }
});
process.send?.({ address: node.address });
