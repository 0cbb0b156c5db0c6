import type { DatabaseClock } from '../ledger/database-clock.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { type AnswerOf, keepMarks, keepStars } from './answer-store.ts';
import { type AnswerRefusal, answerTerms } from './answer-terms.ts';
import type { Visit } from './find-visit.ts';

interface Ports {
  readonly sql: Sql;
  readonly clock: DatabaseClock;
}

/** Keeps how many stars a visitor gives, 1 to 5. @returns why they were not kept; `null`: they were */
export const rateVisit = async (ports: Ports, visit: Visit, stars: number): Promise<AnswerRefusal | null> => {
  const terms = answerTerms(visit, ports.clock.now());
  if (typeof terms === 'string') return terms;
  await keepStars(ports.sql, answerOf(visit, terms), stars);
  return null;
};

/** Keeps the marks of U1 to U9, 1 to 4 each, where the hall asks for them. @returns why they were not kept; `null`: they were */
export const answerSurvey = async (
  ports: Ports,
  visit: Visit,
  marks: readonly number[],
): Promise<AnswerRefusal | null> => {
  const terms = answerTerms(visit, ports.clock.now());
  if (typeof terms === 'string') return terms;
  if (terms.survey !== 'skm') return 'SURVEY_OFF';
  await keepMarks(ports.sql, answerOf(visit, terms), marks);
  return null;
};

const answerOf = (
  { branch, ticketId, businessDay }: Visit,
  { ticket, until }: Exclude<ReturnType<typeof answerTerms>, string>,
): AnswerOf => ({ branchId: branch.id, ticketId, businessDay, serviceId: ticket.serviceId, unlinkAfter: until });
