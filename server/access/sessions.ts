import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import { parseCookie } from 'cookie';
import session from '@fastify/session';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { FastifyRequest } from 'fastify';
import type { App } from '../http/app.ts';
import { secureNameOf } from '../http/tell-secure.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';
import { sessionMs, type StaffSessions } from './session-store.ts';

const plainName = 'antrean-session';
const secureName = secureNameOf(plainName);

/** Gives this scope sessions that can be begun and ended. Whoever only asks who is signed in reads the store. */
export const useSessions = async (app: App, sessions: StaffSessions): Promise<void> => {
  await app.register(cookie);
  app.addHook('onRequest', (request, _reply, done) => {
    const { [secureName]: secure } = request.cookies;
    if (secure !== undefined) request.cookies[plainName] = secure;
    done();
  });
  await app.register(session, {
    cookieName: plainName,
    store: sessions,
    // The id is 256 random bits that only its hash is kept of: a signature would add a secret to keep and no safety.
    secret: { sign: (value: string) => value, unsign: (value: string) => ({ valid: true, renew: false, value }) },
    cookie: { secure: false, httpOnly: true, sameSite: 'lax', path: '/', maxAge: sessionMs },
    // The plugin's own are of 192 bits (S3).
    idGenerator: () => randomBytes(32).toString('base64url'),
    saveUninitialized: false,
    rolling: false,
  });
  // The plugin knows one name; over TLS the cookie has the other.
  app.addHook('onSend', (request, reply, _payload, done) => {
    const given = [reply.getHeader('set-cookie') ?? []].flat().map(String);
    if (request.isSecure && given.length > 0) {
      reply.removeHeader('set-cookie');
      reply.header(
        'set-cookie',
        given.map((one) => (one.startsWith(`${plainName}=`) ? secureNameOf(one) : one)),
      );
    }
    done();
  });
};

/** Signs somebody in on this request's connection, under an id that nobody can have known before. */
export const beginSession = async (request: FastifyRequest, me: Me): Promise<void> => {
  await request.session.regenerate();
  // Not the plugin's own guess, which knows nothing of the public address.
  request.session.cookie.secure = request.isSecure;
  request.session.staff = me;
  request.session.begun = { address: request.ip, browser: browserOf(request) };
  await request.session.save();
};

/** As the browser calls itself, without what nobody should have put there. */
export const browserOf = ({ headers }: FastifyRequest): string =>
  (headers['user-agent'] ?? '').replaceAll(/[^\x20-\x7e]/g, '').slice(0, 120);

/** Reads on every request of this scope who is signed in; whoever sends no cookie, as kiosks do, pays nothing for it. */
export const knowStaff = (app: App, sessions: StaffSessions): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    const { cookie: header } = request.headers;
    if (!header) return done();
    staffOf(sessions, header).then((staff) => {
      request.staff = staff;
      // What a page asks for by itself keeps no session alive, nor does somebody else's page.
      if (staff && request.method !== 'GET' && isSameOrigin(request.raw)) noteActivity(sessions, header);
      done();
    }, done);
  });
};

/** The id of the session in a `Cookie` header. */
export const sessionIdOf = (header: string | undefined): string | undefined => {
  const cookies = header ? parseCookie(header) : {};
  return cookies[secureName] ?? cookies[plainName];
};

/** Should it not be noted this time, the next act is. */
const noteActivity = (sessions: StaffSessions, header: string): void => {
  const sessionId = sessionIdOf(header);
  if (sessionId) sessions.note(sessionId).catch(() => {});
};

/** Who the `Cookie` header of a request or of a socket's handshake belongs to. */
export const staffOf = async (sessions: StaffSessions, header: string | undefined): Promise<Me | null> => {
  const sessionId = sessionIdOf(header);
  return sessionId ? ((await sessions.read(sessionId))?.staff ?? null) : null;
};
