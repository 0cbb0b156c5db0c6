import { StartOidcQuery } from '@antrean/shared/protocol/oidc.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AccessPorts } from './access-ports.ts';
import { addressOf, callbackUrl, startTrip } from './oidc-trip.ts';

/** Sends a browser to the place that vouches for people. */
export const startOidcRoute = (app: App, { oidc, seal, now }: AccessPorts) =>
  app.get(
    '/v1/oidc/start',
    {
      schema: {
        operationId: 'startOidc',
        tags: ['access'],
        summary: 'Sends a browser to sign in elsewhere',
        querystring: StartOidcQuery,
        response: { 302: Type.Null(), 400: Problem, 404: Problem, 503: Problem },
      },
    },
    async (request, reply) => {
      if (!oidc) return sendProblem(request, reply, 404, 'OIDC_OFF');
      const back = request.query;
      const callback = callbackUrl(oidc, request);
      try {
        const { url, checks } = await oidc.begin(callback);
        startTrip(reply, seal, { checks, back }, now(), callback.protocol === 'https:');
        return reply.redirect(url.href);
      } catch (error) {
        request.log.warn({ reason: (error as Error).message }, 'the OIDC issuer could not be asked');
        return reply.redirect(addressOf(back, 'OIDC_AWAY'));
      }
    },
  );
