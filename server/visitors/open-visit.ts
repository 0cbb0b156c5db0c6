import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { countOne } from '../access/limiter.ts';
import type { HttpPorts } from '../http/ports.ts';
import { type ProblemCode, sendProblem } from '../http/send-problem.ts';
import { findVisitHere, findVisitInLedger, type Visit } from './find-visit.ts';

export interface VisitorPorts extends HttpPorts {
  /** Counts links that open nothing, by address. */
  readonly guesses: RateLimiterAbstract;
}

export interface NotOpened {
  readonly status: number;
  readonly code: ProblemCode;
  readonly waitSeconds?: number;
}

/**
 * The visit that a link opens (LINK-1). What opens nothing is refused in one way, whatever is wrong with it. A link of
 * today is found before anything is counted: guesses from the same hall keep nobody from their own page.
 */
export const openVisit = async (ports: VisitorPorts, address: string, link: string): Promise<Visit | NotOpened> => {
  const here = findVisitHere(ports, link);
  if (here) return here;
  const waitSeconds = await countOne(ports.guesses, address);
  if (waitSeconds > 0) return { status: 429, code: 'TOO_MANY_TRIES', waitSeconds };
  const earlier = await findVisitInLedger(ports, link);
  if (!earlier) return { status: 404, code: 'VISIT_UNKNOWN' };
  // It was no guess.
  await ports.guesses.reward(address);
  return earlier;
};

export const isOpened = (opened: Visit | NotOpened): opened is Visit => 'branch' in opened;

export const sendNotOpened = (request: FastifyRequest, reply: FastifyReply, refused: NotOpened): void => {
  const { status, code, waitSeconds } = refused;
  if (waitSeconds === undefined) return sendProblem(request, reply, status, code);
  sendProblem(request, reply.header('retry-after', waitSeconds), status, code, { waitSeconds });
};

/** Opens the link in a request's address. @returns `null` when it was answered that it opens nothing */
export const opened = async (
  ports: VisitorPorts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit | null> => {
  const visit = await openVisit(ports, request.ip, (request.params as { link: string }).link);
  if (isOpened(visit)) return visit;
  sendNotOpened(request, reply, visit);
  return null;
};
