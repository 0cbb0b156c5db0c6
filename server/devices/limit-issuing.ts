import type { Redis } from 'ioredis';
import type { preHandlerHookHandler } from 'fastify';
import { countOne, limiterOf } from '../access/limiter.ts';
import { sendProblem } from '../http/send-problem.ts';

/** Tickets of one kiosk: one every three seconds, at most five at once (S11). */
const ticketsOfKiosk = { keyPrefix: 'kiosk-tickets', points: 5, duration: 15 };

/** Lets a paired kiosk ask for so many tickets only. Staff are not limited, nor are the open screens of a trial, which nobody can tell apart. */
export const limitIssuing = (redis: Redis): preHandlerHookHandler => {
  const ofKiosk = limiterOf(redis, ticketsOfKiosk);
  return (request, reply, done) => {
    const { staff, device } = request;
    if (staff || !device) return done();
    countOne(ofKiosk, device.id).then((waitSeconds) => {
      if (waitSeconds === 0) return done();
      sendProblem(request, reply.header('retry-after', waitSeconds), 429, 'KIOSK_BUSY', { waitSeconds });
    }, done);
  };
};
