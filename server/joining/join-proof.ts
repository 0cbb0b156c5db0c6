import { randomBytes } from 'node:crypto';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Seal } from '../access/seal.ts';

/** What says that a phone was in a hall: sealed, in a cookie that no script reads (JOIN-3). */
interface Proof {
  readonly branchId: BranchId;
  /** Whoever has the proof is this phone: it cannot be handed on for more tickets than one. */
  readonly phone: string;
}

const proofCookie = 'antrean-joining';
const phoneCookie = 'antrean-phone';
const path = '/join';
/** How long somebody may take to choose, ms. */
const proofMs = 10 * 60_000;
/** How long a phone is known, so that it finds its ticket again and gets no second one, ms. */
const phoneMs = 24 * 60 * 60_000;
/** 256 random bits. */
const phoneShape = /^[0-9a-f]{64}$/;

/** Notes on a phone that it was in a hall, and which one it is. */
export const giveProof = (
  request: FastifyRequest,
  reply: FastifyReply,
  seal: Seal,
  branchId: BranchId,
  now: number,
): void => {
  const phone = phoneOf(request) ?? randomBytes(32).toString('hex');
  const sealed = seal.closeUntil({ branchId, phone } satisfies Proof, now + proofMs, 'joining');
  const cookie = { httpOnly: true, sameSite: 'lax', path, secure: request.isSecure } as const;
  reply.header('set-cookie', [
    stringifySetCookie({ name: proofCookie, value: sealed, maxAge: proofMs / 1_000, ...cookie }),
    stringifySetCookie({ name: phoneCookie, value: phone, maxAge: phoneMs / 1_000, ...cookie }),
  ]);
};

/** The phone that was in this hall not long ago; `null` when nothing says so. */
export const provenPhone = (request: FastifyRequest, seal: Seal, branchId: BranchId, now: number): string | null => {
  const sealed = cookiesOf(request)[proofCookie];
  const proof = sealed === undefined ? null : seal.openUntil<Proof>(sealed, now, 'joining');
  return proof?.branchId === branchId ? proof.phone : null;
};

/** Which phone asks, as far as it says. */
export const phoneOf = (request: FastifyRequest): string | null => {
  const phone = cookiesOf(request)[phoneCookie];
  return phone !== undefined && phoneShape.test(phone) ? phone : null;
};

const cookiesOf = ({ headers }: FastifyRequest): Record<string, string | undefined> =>
  parseCookie(headers.cookie ?? '');
