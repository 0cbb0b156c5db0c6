import { Secret, TOTP } from 'otpauth';

/** How long an app shows a code, seconds, and how many codes before and after are taken: clocks differ (RFC 6238, 5.2). */
const period = 30;
const window = 1;

/** 160 random bits, as RFC 4226 advises, in base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

const totpOf = (secret: string, label = '') =>
  new TOTP({ secret: Secret.fromBase32(secret), issuer: 'Antrean', label, algorithm: 'SHA1', digits: 6, period });

/** What an app reads from the QR code. */
export const uriOf = (secret: string, login: string): string => totpOf(secret, login).toString();

/** The step that a code is of, in half minutes since 1970; `null` when it is of none near `now`, epoch ms. */
export const stepOfCode = (secret: string, code: string, now: number): number | null => {
  const totp = totpOf(secret);
  // Compares in constant time.
  const delta = totp.validate({ token: code, timestamp: now, window });
  return delta === null ? null : totp.counter({ timestamp: now }) + delta;
};

export const isTimeCode = (typed: string): boolean => /^\d{6}$/.test(typed);

/** As people type it: apps show codes with a space inside. */
export const typedCode = (typed: string): string => typed.replaceAll(/\s/g, '');
