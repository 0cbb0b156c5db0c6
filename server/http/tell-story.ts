import type { AgencyId, BranchId } from '@antrean/shared/domain/ids.ts';
import { DayNumberParams, StoryView } from '@antrean/shared/protocol/past.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { storyForAgency, storyOf } from '@antrean/shared/views/ticket-story.ts';
import { signedIn } from '../access/guard.ts';
import { readStory } from '../insight/read-story.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { sendProblem } from './send-problem.ts';

export const tellStoryRoute = (app: App, { halls, sql }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/days/:date/numbers/:number',
    {
      schema: {
        operationId: 'tellStory',
        tags: ['ticket'],
        summary: 'All that happened to the ticket that had this number on a business day',
        params: DayNumberParams,
        response: { 200: StoryView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('past:read'),
    },
    async (request, reply) => {
      const { date } = request.params;
      const { id: branchId, setup } = await halls.branch(request.params.branchId as BranchId);
      const found = await readStory(sql, branchId, date, request.params.number);
      if (!found) return sendProblem(request, reply, 404, 'NUMBER_UNKNOWN', { date });
      const { ticketId, number, events } = found;
      const { agencyId } = signedIn(request);
      const story =
        agencyId === null
          ? { steps: storyOf(events), isWhole: true }
          : storyForAgency(events, setup, agencyId as AgencyId);
      if (!story) return sendProblem(request, reply, 403, 'OTHER_AGENCY');
      return { date, number, ticketId, ...story };
    },
  );
