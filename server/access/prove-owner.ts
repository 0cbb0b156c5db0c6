import type { Me } from '@antrean/shared/protocol/access.ts';
import type { ProveOwnerBody } from '@antrean/shared/protocol/second-factor.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../http/send-problem.ts';
import type { AccessPorts } from './access-ports.ts';
import { askPassword } from './ask-password.ts';
import { signedIn } from './guard.ts';
import { readFactor } from './pending-factor.ts';
import { refuseTries } from './refuse-tries.ts';
import { tryCode } from './try-code.ts';

/** Asks for the password and a code of the present second factor. @returns `null` when it was answered why not */
export const proveOwner = async (
  ports: AccessPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  { password, code }: ProveOwnerBody,
): Promise<Me | null> => {
  const me = signedIn(request);
  if (!(await askPassword(ports, request, reply, password))) return null;
  if ((await readFactor(ports.sql, me.id)) === null) {
    sendProblem(request, reply, 409, 'SECOND_FACTOR_OFF');
    return null;
  }
  return refuseTries(request, reply, await tryCode(ports, request, me, code), [403, 'CODE_WRONG']) ? null : me;
};
