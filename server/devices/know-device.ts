import type { App } from '../http/app.ts';
import type { Devices } from './device-store.ts';
import { mayHaveToken } from './device-token.ts';

/** Reads on every request of this scope which device it comes from; whoever sends no token, as staff, pays nothing for it. */
export const knowDevice = (app: App, devices: Devices): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    const { cookie } = request.headers;
    if (!mayHaveToken(cookie)) return done();
    devices.of(cookie).then((device) => {
      request.device = device;
      done();
    }, done);
  });
};
