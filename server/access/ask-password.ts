import type { FastifyReply, FastifyRequest } from 'fastify';
import { noteAlone } from '../audit/note-entry.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AccessPorts } from './access-ports.ts';
import { findStaff, type StaffWithHash } from './find-staff.ts';
import { signedIn } from './guard.ts';
import { isPassword } from './hash-password.ts';
import { refuseTries } from './refuse-tries.ts';
import { noteOf } from './staff-accounts.ts';

/**
 * Asks whoever is signed in for the password once more: whoever only found the browser open does not know it. Wrong ones
 * count together with those of signing in, and are noted like them.
 *
 * @returns the account as it stands; `null` when it was answered why not
 */
export const askPassword = async (
  ports: AccessPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  password: string,
): Promise<StaffWithHash | null> => {
  const me = signedIn(request);
  const account = await findStaff(ports, me.id);
  if (!account) return refuse(request, reply, 401, 'SIGN_IN_NEEDED');
  const { passwordHash } = account;
  if (passwordHash === null) return refuse(request, reply, 409, 'ACCOUNT_FROM_OUTSIDE');
  const tried = await ports.tries.once(me.id, request.ip, () => isPassword(passwordHash, password));
  if ('isRight' in tried && !tried.isRight) await noteAlone(ports.sql, noteOf(request, 'session.refused', me));
  return refuseTries(request, reply, tried, [403, 'PASSWORD_WRONG']) ? null : account;
};

const refuse = (...problem: Parameters<typeof sendProblem>): null => {
  sendProblem(...problem);
  return null;
};
