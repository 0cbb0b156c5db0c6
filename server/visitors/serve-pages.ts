import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import type { App } from '../http/app.ts';
import { distOf, mayUse, pageHeaders } from '../http/serve-screens.ts';

/**
 * Serves pages that are written here for visitors (S8): no search finds them, no other site is told of them, and their
 * forms need no script.
 *
 * @param name the shell that was built for them, a folder of `display`
 */
export const servePages = async (app: App, name: string, addTo: (scope: App, shell: string) => void): Promise<void> => {
  const shell = readFileSync(join(distOf('display'), name, 'index.html'), 'utf8');
  await app.register(async (scope: App) => {
    await scope.register(helmet, { ...pageHeaders, referrerPolicy: { policy: 'no-referrer' } });
    scope.addHook('onRequest', (_request, reply, done) => {
      reply.headers({ 'x-robots-tag': 'noindex, nofollow', 'permissions-policy': mayUse(name) });
      done();
    });
    // What a form without a script sends.
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(text)))),
    );
    addTo(scope, shell);
  });
};
