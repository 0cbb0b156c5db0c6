import { SignInWays } from '@antrean/shared/protocol/oidc.ts';
import type { App } from '../http/app.ts';
import type { AccessPorts } from './access-ports.ts';

export const showSignInRoute = (app: App, { oidc }: AccessPorts) =>
  app.get(
    '/v1/sign-in',
    {
      schema: {
        operationId: 'showSignIn',
        tags: ['access'],
        summary: 'How people sign in here',
        response: { 200: SignInWays },
      },
    },
    () => ({ oidc: oidc && { name: oidc.settings.name } }),
  );
