import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import { previewPath } from '@antrean/shared/views/screen-preview.ts';
import type { App } from './app.ts';
import { policyReportPath } from './take-policy-report.ts';

/** Where each screen's page is: address → app and folder of its build. */
const pages = [
  { at: '/tv', app: 'display', page: 'tv/index.html' },
  { at: '/kiosk', app: 'display', page: 'kiosk/index.html' },
  { at: '/counter', app: 'counter', page: 'counter/index.html' },
  { at: '/floor', app: 'counter', page: 'floor/index.html' },
  { at: '/manager', app: 'counter', page: 'manager/index.html' },
  { at: '/devices', app: 'counter', page: 'devices/index.html' },
  { at: '/set-up', app: 'counter', page: 'set-up/index.html' },
  { at: '/past', app: 'counter', page: 'past/index.html' },
  { at: '/reports', app: 'counter', page: 'reports/index.html' },
  { at: '/admin', app: 'counter', page: 'admin/index.html' },
] as const;

/** Shows nothing but what a page of the same origin around it gives (SCREEN-2). */
const framed = [{ at: previewPath, app: 'display', page: 'preview/index.html' }] as const;

/** The pages themselves are to be had at their addresses only, where their headers are right. */
const apps = [
  { name: 'display', folder: 'assets', prefix: '/display/assets/' },
  { name: 'display', folder: 'voices', prefix: '/display/voices/' },
  { name: 'counter', folder: 'assets', prefix: '/staff/assets/' },
] as const;

/** Only kiosks print at their own USB (PAPER-10). @returns the header `Permissions-Policy` of a page */
export const mayUse = (at: string): string => (at === '/kiosk' ? 'usb=(self)' : 'usb=()');

/** What a page may load and who may show it. @param ancestors whose frames it may be in */
const headersFor = (ancestors: "'none'" | "'self'") =>
  ({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        // What a TV shows of its hall's files it has fetched before.
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: [ancestors],
        // Not `report-to`, which browsers use over TLS only and then instead: halls without it would hear of nothing.
        reportUri: [policyReportPath],
        formAction: ["'self'"],
      },
    },
    // Said with every answer, not of pages alone.
    strictTransportSecurity: false,
  }) satisfies FastifyHelmetOptions;
export const pageHeaders = headersFor("'none'");

/** Where an app was built to. */
export const distOf = (app: string): string => fileURLToPath(new URL(`../../${app}/dist`, import.meta.url));

/** Serves the built screens. Throws with what to do when they were never built. */
export const serveScreens = async (app: App): Promise<void> => {
  for (const [index, { name, folder, prefix }] of apps.entries()) {
    const root = distOf(name);
    if (!existsSync(root)) throw new Error(`the screens in ${name}/ are not built: run \`npm run build\``);
    await app.register(fastifyStatic, {
      root: join(root, folder),
      prefix,
      index: false,
      decorateReply: index === 0,
      cacheControl: false,
      // An asset carries a hash in its name, so a browser may keep it; pages and lists of clips are asked for anew.
      setHeaders: (reply, path) =>
        void reply.header(
          'cache-control',
          /\.(html|json)$/.test(path) ? 'no-cache' : 'public, max-age=31536000, immutable',
        ),
    });
  }
  // Only for what a browser shows as a page: a JSON answer needs one header.
  const groups = [
    { served: pages, headers: pageHeaders },
    { served: framed, headers: headersFor("'self'") },
  ];
  for (const { served, headers } of groups) {
    await app.register(async (scope: App) => {
      await scope.register(helmet, headers);
      for (const { at, app: name, page } of served) {
        scope.get(at, { schema: { hide: true } }, (_request, reply) =>
          reply.header('permissions-policy', mayUse(at)).sendFile(page, distOf(name)),
        );
      }
    });
  }
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/kiosk/'));
};
