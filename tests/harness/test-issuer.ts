import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a small OpenID Connect issuer on loopback says of whoever signs in, and how it lies. */
export interface TestIssuer {
  readonly issuer: string;
  /** The claims of the next ID token, over what is right. */
  claims: Record<string, unknown>;
  /** The next ID token is signed by somebody else, or by nobody. */
  signs: 'rightly' | 'with another key' | 'not at all';
  /** What it answers with to whatever it is asked. */
  isBroken: boolean;
  /** PKCE and the redirect URI of the question are the token's: what it refused, and why. */
  readonly refused: string[];
  readonly stop: () => Promise<void>;
}

interface Asked {
  readonly challenge: string;
  readonly redirectUri: string;
  readonly nonce: string;
}

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** Signs everybody in at once, as somebody who has a session there. */
export const startTestIssuer = async (clientId: string): Promise<TestIssuer> => {
  const [key, otherKey] = [newKey(), newKey()];
  const codes = new Map<string, Asked>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const refused: string[] = [];
  const state: TestIssuer = {
    ...{ issuer, claims: {}, signs: 'rightly', isBroken: false, refused },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const tokenFor = (nonce: string): string => {
    const now = Math.floor(Date.now() / 1_000);
    const right = { iss: issuer, aud: clientId, sub: 'somebody', iat: now, exp: now + 300, nonce };
    const alg = state.signs === 'not at all' ? 'none' : 'RS256';
    const signed = `${base64({ alg, kid: 'one', typ: 'JWT' })}.${base64({ ...right, ...state.claims })}`;
    if (alg === 'none') return `${signed}.`;
    const signature = sign('sha256', Buffer.from(signed), state.signs === 'rightly' ? key : otherKey);
    return `${signed}.${signature.toString('base64url')}`;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', issuer);
    const say = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (state.isBroken) return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    if (url.pathname === '/.well-known/openid-configuration') {
      return void say(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    }
    if (url.pathname === '/keys') {
      const jwk = createPublicKey(key).export({ format: 'jwk' });
      return void say(200, { keys: [{ ...jwk, kid: 'one', use: 'sig', alg: 'RS256' }] });
    }
    if (url.pathname === '/authorize') {
      const code = randomBytes(16).toString('hex');
      const of = (name: string): string => url.searchParams.get(name) ?? '';
      codes.set(code, { challenge: of('code_challenge'), redirectUri: of('redirect_uri'), nonce: of('nonce') });
      const back = new URL(of('redirect_uri'));
      back.search = new URLSearchParams({ code, state: of('state') }).toString();
      return void response.writeHead(302, { location: back.href }).end();
    }
    const body = new URLSearchParams(await text(request));
    const code = body.get('code') ?? '';
    const asked = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const wrong =
      (!asked && 'code') ||
      (asked?.challenge !== challenge && 'verifier') ||
      (asked?.redirectUri !== body.get('redirect_uri') && 'redirect URI');
    if (wrong || !asked) {
      refused.push(String(wrong));
      return void say(400, { error: 'invalid_grant' });
    }
    say(200, { access_token: 'unused', token_type: 'Bearer', expires_in: 300, id_token: tokenFor(asked.nonce) });
  };
  return state;
};
