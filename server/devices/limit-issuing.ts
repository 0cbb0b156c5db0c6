import type { Redis } from 'ioredis';
import type { preHandlerHookHandler } from 'fastify';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { sendProblem } from '../http/send-problem.ts';

/** Tickets of one kiosk: one every three seconds, at most five at once (S11). */
const ticketsOfKiosk = { keyPrefix: 'kiosk-tickets', points: 5, duration: 15 };

/**
 * Lets a paired kiosk ask for so many tickets only, counted on all nodes together; while Redis is away by each node. Staff
 * are not limited, nor are the open screens of a trial, which nobody can tell apart.
 */
export const limitIssuing = (redis: Redis): preHandlerHookHandler => {
  const ofKiosk = new RateLimiterRedis({
    ...ticketsOfKiosk,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(ticketsOfKiosk),
  });
  return (request, reply, done) => {
    const { staff, device } = request;
    if (staff || !device) return done();
    ofKiosk.consume(device.id).then(
      () => done(),
      (reason: unknown) => {
        if (!(reason instanceof RateLimiterRes)) return done(reason as Error);
        const waitSeconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1_000));
        sendProblem(request, reply.header('retry-after', waitSeconds), 429, 'KIOSK_BUSY', { waitSeconds });
      },
    );
  };
};
