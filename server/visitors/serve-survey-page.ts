import { starsMost, surveyElements, surveyMarks } from '@antrean/shared/domain/survey.ts';
import type { FastifyRequest } from 'fastify';
import type { App } from '../http/app.ts';
import { actByForm, fieldOf } from './act-by-form.ts';
import type { AnswerRefusal } from './answer-terms.ts';
import { answerSurvey, rateVisit } from './answer-visit.ts';
import type { Visit } from './find-visit.ts';
import type { VisitorPorts } from './open-visit.ts';
import type { AskedVisit, Refused, VisitPages } from './visit-pages.ts';

/** What a visitor who was served says by the forms of the page (SURVEY-1, SURVEY-2). */
export const serveSurveyPage = (app: App, ports: VisitorPorts, pages: VisitPages): void => {
  const { say, pageOf } = pages;
  const refusedAs = (request: FastifyRequest<AskedVisit>, visit: Visit, refused: AnswerRefusal): Refused => ({
    status: 409,
    reason: say(request, visit)(`refusal.${refused}`, { number: visit.number }),
  });

  app.post<AskedVisit>('/v/:link/rate', { schema: { hide: true } }, (request, reply) =>
    actByForm(ports, pages, request, reply, async (visit) => {
      // Only the page's own buttons send it: whatever else comes rates nothing.
      const stars = wholeUpTo(starsMost, fieldOf(request.body, 'stars'));
      const refused = stars === null ? null : await rateVisit(ports, visit, stars);
      return refused ? refusedAs(request, visit, refused) : () => reply.redirect(pageOf(request), 303);
    }),
  );

  app.post<AskedVisit>('/v/:link/survey', { schema: { hide: true } }, (request, reply) =>
    actByForm(ports, pages, request, reply, async (visit) => {
      const marks = surveyElements.map((element) => wholeUpTo(surveyMarks.length, fieldOf(request.body, element)));
      const missing = marks.flatMap((mark, index) => (mark === null ? [index + 1] : []));
      if (missing.length > 0) {
        const reason = say(request, visit)('survey.missing', { count: missing.length, which: missing.join(', ') });
        return { status: 400, reason, marks };
      }
      const refused = await answerSurvey(ports, visit, marks as number[]);
      return refused ? refusedAs(request, visit, refused) : () => reply.redirect(pageOf(request), 303);
    }),
  );
};

const wholeUpTo = (most: number, text: string): number | null =>
  /^[1-9]$/.test(text) && Number(text) <= most ? Number(text) : null;
