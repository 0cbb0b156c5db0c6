import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ProblemCode, sendProblem } from '../http/send-problem.ts';
import type { Tried } from './limit-tries.ts';

/** Answers whoever has to wait or was wrong. @returns whether it did */
export const refuseTries = (
  request: FastifyRequest,
  reply: FastifyReply,
  tried: Tried,
  wrong: readonly [status: number, code: ProblemCode, details?: Readonly<Record<string, number>>],
): boolean => {
  if ('waitSeconds' in tried) {
    sendProblem(request, reply.header('retry-after', tried.waitSeconds), 429, 'TOO_MANY_TRIES', { ...tried });
    return true;
  }
  if (!tried.isRight) sendProblem(request, reply, ...wrong);
  return !tried.isRight;
};
