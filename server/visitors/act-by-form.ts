import type { FastifyReply, FastifyRequest } from 'fastify';
import { isStoreError } from '../http/answer-errors.ts';
import type { Visit } from './find-visit.ts';
import { isOpened, openVisit, type VisitorPorts } from './open-visit.ts';
import type { AskedVisit, Refused, VisitPages } from './visit-pages.ts';

/** What a form does: with a visit that is open, and then why it was not done, or what is answered. */
export type FormWork = (visit: Visit) => Promise<Refused | (() => FastifyReply)>;

/** Does what a form was sent for, and answers as that says: with what was wrong, or with what there is now. */
export const actByForm = async (
  ports: VisitorPorts,
  { page, say }: VisitPages,
  request: FastifyRequest<AskedVisit>,
  reply: FastifyReply,
  work: FormWork,
): Promise<FastifyReply> => {
  const visit = await openVisit(ports, request.ip, request.params.link);
  if (!isOpened(visit)) return page(request, reply);
  try {
    const done = await work(visit);
    return typeof done === 'function' ? done() : await page(request, reply, done);
  } catch (error) {
    if (!(error instanceof Error) || !isStoreError(error)) throw error;
    return page(request, reply, { status: 503, reason: say(request, visit)('refusal.STORE_UNAVAILABLE') });
  }
};

/** What a form sent: whatever else came is as if the field had been left empty. */
export const fieldOf = (body: unknown, name: string): string => {
  const value = (body as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof value === 'string' ? value : '';
};
