import type { App } from '../http/app.ts';
import type { Devices } from './device-store.ts';

/** Reads on every request of this scope which device it comes from; whoever sends no cookie pays nothing for it. */
export const knowDevice = (app: App, devices: Devices): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    const { cookie } = request.headers;
    if (!cookie) return done();
    devices.of(cookie).then((device) => {
      request.device = device;
      done();
    }, done);
  });
};
