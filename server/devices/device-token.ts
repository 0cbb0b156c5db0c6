import { hash, randomBytes } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { secureNameOf } from '../http/tell-secure.ts';

const plainName = 'antrean-device';
const secureName = secureNameOf(plainName);
/** The longest that browsers keep one; it is renewed with each new token. */
const maxAgeSeconds = 400 * 24 * 60 * 60;

/** 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** All that is kept of a token. */
export const hashOfToken = (token: string): string => hash('sha256', token, 'hex');

/** Gives the device its token: no script and no address ever has it (S5). */
export const sendToken = (request: FastifyRequest, reply: FastifyReply, token: string): void => {
  const secure = request.isSecure;
  const name = secure ? secureName : plainName;
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', maxAge: maxAgeSeconds, secure } as const;
  reply.header('set-cookie', stringifySetCookie({ name, value: token, ...cookie }));
};

/** Whether it is worth while to look into a `Cookie` header: most requests with one are those of staff. */
export const mayHaveToken = (header: string | undefined): header is string => header?.includes(plainName) ?? false;

/** The hash of the token in a `Cookie` header. */
export const tokenHashIn = (header: string | undefined): string | undefined => {
  if (!mayHaveToken(header)) return undefined;
  const cookies = parseCookie(header);
  const token = cookies[secureName] ?? cookies[plainName];
  return token === undefined ? undefined : hashOfToken(token);
};
