import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it came over TLS, as far as that ends at a balancer of ours: cookies are then for TLS alone. */
    isSecure: boolean;
  }
}

/** Browsers take a cookie of this name over TLS only, and from this very host (S3). */
export const secureNameOf = (name: string): string => `__Host-${name}`;

/** A year: browsers that came over TLS once ask in no other way until then (RFC 6797, 6.1.1). */
const strictTransport = 'max-age=31536000';

/**
 * Says of each request whether it came over TLS, and keeps browsers that did to it. Node itself speaks plain HTTP, so that
 * it is the balancer who knows: it says so with `X-Forwarded-Proto`, which counts from those we trust alone, or the hall was
 * asked for by its public address, which is one of TLS. Over plain HTTP nothing is promised: a trial has no TLS.
 */
export const tellSecure = (app: App, publicUrl: URL | undefined): void => {
  const secureHost = publicUrl?.protocol === 'https:' ? publicUrl.host : undefined;
  app.decorateRequest('isSecure', false);
  app.addHook('onRequest', (request, reply, done) => {
    request.isSecure = cameSecurely(request, secureHost);
    if (request.isSecure) reply.header('strict-transport-security', strictTransport);
    done();
  });
};

const cameSecurely = ({ protocol, host }: FastifyRequest, secureHost: string | undefined): boolean =>
  protocol === 'https' || (secureHost !== undefined && host === secureHost);
