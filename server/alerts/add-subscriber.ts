import { AddSubscriberBody, SubscriberView } from '@antrean/shared/protocol/alert-subscribers.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { signedIn } from '../access/guard.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { randomUUID } from 'node:crypto';
import type { AlertPorts } from './alert-ports.ts';
import { findSubscriber } from './subscriber-rows.ts';

export const addSubscriberRoute = (app: App, { inScope }: AlertPorts) =>
  app.post(
    '/v1/branches/:branchId/alert-subscribers',
    {
      schema: {
        operationId: 'addAlertSubscriber',
        tags: ['branch'],
        summary: 'Has somebody told of the alerts of a hall by e-mail',
        params: BranchParams,
        body: AddSubscriberBody,
        response: { 201: SubscriberView, ...problemsOfBody },
      },
      preHandler: app.allow('setup:change'),
    },
    async (request, reply) => {
      const { branchId } = request.params;
      const { address, language } = request.body;
      const scope = signedIn(request).branchId;
      const id = randomUUID();
      // The trail is kept for good, and has no address.
      const note = {
        ...byRequest(request),
        action: 'alert.subscriber-added',
        branchId,
        subject: id,
        after: { language },
      } as const;
      await inScope(
        scope,
        (sql) => sql`
        with added as (
          insert into alert_subscriber (id, branch_id, address, language)
          values (${id}, ${branchId}, ${address}, ${language}) on conflict do nothing returning id
        )
        ${noteEntry(sql, 'added', note)}`,
      );
      const added = await findSubscriber(inScope, scope, branchId, id);
      return added ? reply.code(201).send(added) : sendProblem(request, reply, 409, 'SUBSCRIBER_KNOWN');
    },
  );
