import session from '@fastify/session';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { App } from '../http/app.ts';
import { sessionMs, type StaffSessions } from './session-store.ts';

const cookieName = 'antrean-session';

/** Reads the staff's session on every request of this scope; public routes stay outside and pay nothing for it. */
export const useSessions = async (app: App, sessions: StaffSessions): Promise<void> => {
  await app.register(session, {
    cookieName,
    store: sessions,
    // The id is 256 random bits that only its hash is kept of: a signature would add a secret to keep and no safety.
    secret: { sign: (value: string) => value, unsign: (value: string) => ({ valid: true, renew: false, value }) },
    cookie: { secure: 'auto', httpOnly: true, sameSite: 'lax', path: '/', maxAge: sessionMs },
    saveUninitialized: false,
    rolling: false,
  });
  app.addHook('onRequest', (request, _reply, done) => {
    request.staff = request.session.staff ?? null;
    done();
  });
};

/** Who the cookies of a socket's handshake belong to. */
export const staffOfCookies = async (
  sessions: StaffSessions,
  cookies: Readonly<Record<string, string | undefined>>,
): Promise<Me | null> => {
  const value = cookies[cookieName];
  return value ? ((await sessions.read(value))?.staff ?? null) : null;
};
