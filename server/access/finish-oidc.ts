import { OidcCallbackQuery, type OidcRefusal } from '@antrean/shared/protocol/oidc.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { noteAlone } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AccessPorts } from './access-ports.ts';
import { isAway, type OidcIssuer } from './oidc-issuer.ts';
import { addressOf, callbackUrl, endTrip, nowhere, type Trip, type WayBack } from './oidc-trip.ts';
import { beginSession } from './sessions.ts';
import { noteOf } from './staff-accounts.ts';
import { useIdentity } from './use-identity.ts';

const nobody: Parameters<typeof noteOf>[2] = { id: '', branchId: null, agencyId: null };

/** A browser comes back from the place that vouches for people: with a word that is to be believed, or without. */
export const finishOidcRoute = (app: App, ports: AccessPorts) => {
  const { oidc, seal, now, sql } = ports;

  /** Told by the page they came from, where a password is still taken. */
  const refuse = async (
    request: FastifyRequest,
    reply: FastifyReply,
    back: WayBack,
    code: OidcRefusal,
    whom = nobody,
  ): Promise<FastifyReply> => {
    if (code !== 'OIDC_AWAY') await noteAlone(sql, noteOf(request, 'session.refused', whom));
    return reply.redirect(addressOf(back, code));
  };

  const claimsOf = async (issuer: OidcIssuer, request: FastifyRequest, { checks }: Trip) => {
    const current = callbackUrl(issuer, request);
    current.search = new URLSearchParams(request.query as Record<string, string>).toString();
    try {
      return await issuer.finish(current, checks);
    } catch (error) {
      // Never the answer itself: there is a token in it.
      request.log.warn({ reason: (error as Error).message }, 'signing in by way of the OIDC issuer failed');
      return isAway(error) ? ('OIDC_AWAY' as const) : ('OIDC_REFUSED' as const);
    }
  };

  return app.get(
    '/v1/oidc/callback',
    {
      schema: {
        operationId: 'finishOidc',
        tags: ['access'],
        summary: 'Where a browser comes back to after signing in elsewhere',
        querystring: OidcCallbackQuery,
        response: { 302: Type.Null(), 400: Problem, 404: Problem, 503: Problem },
      },
    },
    async (request, reply) => {
      if (!oidc) return sendProblem(request, reply, 404, 'OIDC_OFF');
      const trip = endTrip(request, reply, seal, now());
      if (!trip) return refuse(request, reply, nowhere, 'OIDC_REFUSED');
      const claims = await claimsOf(oidc, request, trip);
      if (typeof claims === 'string') return refuse(request, reply, trip.back, claims);
      const used = await useIdentity(ports, oidc.settings, request, claims);
      if (!used.me) return refuse(request, reply, trip.back, 'OIDC_NO_ACCESS', used.account ?? nobody);
      await beginSession(request, used.me);
      return reply.redirect(addressOf(trip.back));
    },
  );
};
