import { startNode } from '@antrean/server/node.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import { testSeal } from './test-seal.ts';

// One server node in a process of its own, for the benchmark and the crash tests: DATABASE_URL and REDIS_URL in, address
// out; with SCREENS=yes it serves the screens too.
const node = await startNode({
  databaseUrl: process.env.DATABASE_URL ?? '',
  redisUrl: process.env.REDIS_URL ?? '',
  host: '127.0.0.1',
  port: Number(process.env.PORT ?? 0),
  seal: testSeal,
  log: createLog(process.env.LOG_LEVEL ?? 'warn'),
  servesScreens: process.env.SCREENS === 'yes',
});
process.on('message', (question) => {
  if (question === 'rss') {
    // What is collected goes back to the system a moment later.
    (globalThis as { gc?: () => void }).gc?.();
    setTimeout(() => process.send?.({ rssMb: process.memoryUsage().rss / 1_048_576 }), 1_000);
  }
});
process.send?.({ address: node.address });
