import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { protocolVersion } from '@antrean/shared/protocol/version.ts';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { answerBrokenRequest, answerUnreadableAddress } from './answer-broken-requests.ts';
import { answerErrors } from './answer-errors.ts';
import type { TrustsProxy } from '../push/trusted-proxies.ts';
import type { App } from './app.ts';
import { shareSchemas } from './share-schemas.ts';
import { tellSecure } from './tell-secure.ts';

/** The HTTP server before its routes: limits, headers, errors, the API's description. */
export const createApp = async (log: FastifyBaseLogger, trusts: TrustsProxy, publicUrl?: URL): Promise<App> => {
  const app: App = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger of its own for each request costs more than it gives where hardly any request says something.
    childLoggerFactory: (logger) => logger,
    trustProxy: trusts,
    bodyLimit: 16 * 1024,
    requestTimeout: 10_000,
    connectionTimeout: 30_000,
    // By itself Node looks twice a minute for requests that are late, and where headers may take longer than the whole
    // request it takes the one time for the other: a body had 60 s.
    http: { maxHeaderSize: 8 * 1024, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 },
    // Unknown fields are refused, not silently dropped; a wrong type is not bent into a right one.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: answerUnreadableAddress,
    clientErrorHandler: answerBrokenRequest,
  }).withTypeProvider<TypeBoxTypeProvider>();
  // JSON is all we read; Fastify alone would take any text too.
  app.removeContentTypeParser('text/plain');
  answerErrors(app);
  app.addHook('onRequest', (_request, reply, done) => {
    // Whatever we answer is right for this moment only; the screens' files say otherwise for themselves.
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
    done();
  });
  tellSecure(app, publicUrl);
  shareSchemas(app);
  await app.register(swagger, {
    refResolver: { buildLocalReference: ({ $id }) => String($id) },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Antrean',
        description: 'Real-time queue management for one-stop public service halls',
        version: String(protocolVersion),
        license: { name: 'MIT' },
      },
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/api',
    staticCSP: true,
    // The page sets styles on its elements, and needs nothing from elsewhere.
    transformStaticCSP: (policy) => policy.replace(/style-src[^;]*/, "style-src 'self' 'unsafe-inline'"),
    theme: { css: [{ filename: 'plain.css', content: '.swagger-ui .topbar { display: none }' }] },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  return app;
};
