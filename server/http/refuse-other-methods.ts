import type { App } from './app.ts';
import { sendProblem } from './send-problem.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/**
 * Notes which methods each address of the app has from here on.
 *
 * @returns to be called when all routes are there: answers any other method with 405 and what is allowed (RFC 9110 §15.5.6)
 */
export const refuseOtherMethods = (app: App): (() => void) => {
  const allowed = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = allowed.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    allowed.set(url, known);
  });
  return () => {
    for (const [url, known] of [...allowed]) {
      const allow = [...known].join(', ');
      app.route({
        url,
        method: methods.filter((method) => !known.has(method)),
        schema: { hide: true },
        // Before the body is looked at.
        onRequest: (request, reply) =>
          sendProblem(request, reply.header('allow', allow), 405, 'METHOD_NOT_ALLOWED', { allow }),
        handler: () => {},
      });
    }
  };
};
