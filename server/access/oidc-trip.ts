import { idPattern } from '@antrean/shared/domain/ids.ts';
import type { oidcPages } from '@antrean/shared/protocol/oidc.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemCode } from '../http/send-problem.ts';
import type { OidcChecks, OidcIssuer } from './oidc-issuer.ts';
import type { Seal } from './seal.ts';

/** Where a browser comes back to: one of our own pages, so that nobody is led elsewhere by a link to us. */
export interface WayBack {
  readonly page: (typeof oidcPages)[number];
  readonly branch?: string;
  readonly lang?: string;
}

/** Somebody on the way to the issuer and back, known by the browser alone: sealed, in a cookie that no script reads. */
export interface Trip {
  readonly checks: OidcChecks;
  readonly back: WayBack;
}

const cookieName = 'antrean-oidc';
const path = '/v1/oidc';
/** How long somebody may take at the issuer's, ms. */
const tripMs = 10 * 60_000;

export const startTrip = (reply: FastifyReply, seal: Seal, trip: Trip, now: number, isSecure: boolean): void => {
  const sealed = seal.closeUntil(trip, now + tripMs, 'oidc');
  reply.setCookie(cookieName, sealed, {
    ...{ path, httpOnly: true, sameSite: 'lax', secure: isSecure },
    maxAge: tripMs / 1_000,
  });
};

/** The trip this browser began; it ends here, whatever comes of it. `null`: none, or too long ago. */
export const endTrip = (request: FastifyRequest, reply: FastifyReply, seal: Seal, now: number): Trip | null => {
  const sealed = request.cookies[cookieName];
  reply.clearCookie(cookieName, { path });
  return sealed === undefined ? null : seal.openUntil(sealed, now, 'oidc');
};

/** Where the issuer sends people back to, as it knows it. */
export const callbackUrl = ({ settings }: OidcIssuer, request: FastifyRequest): URL =>
  new URL('/v1/oidc/callback', settings.publicUrl ?? `${request.protocol}://${request.host}`);

/** The page to go back to, with why nobody was let in. */
export const addressOf = ({ page, branch, lang }: WayBack, refused?: ProblemCode): string => {
  const search = new URLSearchParams({
    ...(branch !== undefined && new RegExp(idPattern).test(branch) && { branch }),
    ...(lang !== undefined && { lang }),
    ...(refused && { refused }),
  }).toString();
  return `/${page}${search && '?'}${search}`;
};

/** Said to whoever comes from nowhere. */
export const nowhere: WayBack = { page: 'counter' };
