import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { App } from './app.ts';

/** Where each screen's page is: address → app and folder of its build. */
const pages = [
  { at: '/tv', app: 'display', page: 'tv/index.html' },
  { at: '/kiosk', app: 'display', page: 'kiosk/index.html' },
  { at: '/counter', app: 'counter', page: 'counter/index.html' },
  { at: '/manager', app: 'counter', page: 'manager/index.html' },
] as const;

const apps = [
  { name: 'display', prefix: '/display/' },
  { name: 'counter', prefix: '/staff/' },
] as const;

const distOf = (app: string): string => fileURLToPath(new URL(`../../${app}/dist`, import.meta.url));

/** Serves the built screens. Throws with what to do when they were never built. */
export const serveScreens = async (app: App): Promise<void> => {
  for (const [index, { name, prefix }] of apps.entries()) {
    const root = distOf(name);
    if (!existsSync(root)) throw new Error(`the screens in ${name}/ are not built: run \`npm run build\``);
    await app.register(fastifyStatic, {
      root,
      prefix,
      index: false,
      decorateReply: index === 0,
      // Assets carry a hash in their name, so a browser may keep them; the pages themselves are asked for anew.
      setHeaders: (reply, path) =>
        void reply.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    });
  }
  for (const { at, app: name, page } of pages) {
    app.get(at, { schema: { hide: true }, helmet: {} }, (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile(page, distOf(name)),
    );
  }
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/kiosk/'));
};
