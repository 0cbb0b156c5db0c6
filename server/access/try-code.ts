import type { Me } from '@antrean/shared/protocol/access.ts';
import type { FastifyRequest } from 'fastify';
import { noteEntry } from '../audit/note-entry.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import type { Tried } from './limit-tries.ts';
import { readFactor } from './pending-factor.ts';
import { hashOfCode } from './hash-code.ts';
import { noteOf } from './staff-accounts.ts';
import { isTimeCode, stepOfCode, typedCode } from './time-code.ts';

/**
 * Tries a code of the account's app, or a recovery code, and uses it up. Wrong ones are counted for the account, wherever
 * they come from: whoever gets as far as to be asked for one has the password, and one guess in some 300,000 is right.
 */
export const tryCode = (ports: AccessPorts, request: FastifyRequest, owner: Me, typed: string): Promise<Tried> => {
  const code = typedCode(typed);
  return ports.tries.once('code', `account ${owner.id}`, () =>
    isTimeCode(code) ? useTimeCode(ports, owner, code) : useRecoveryCode(ports, request, owner, code),
  );
};

const useTimeCode = async ({ sql, seal, now }: AccessPorts, { id }: Me, code: string): Promise<boolean> => {
  const kept = await readFactor(sql, id);
  const secret = kept && seal.open(kept, 'second-factor');
  const step = secret ? stepOfCode(secret, code, now()) : null;
  if (step === null) return false;
  // Good once: of those who send the same code at once, one comes first.
  const used = await withinTimeout(sql`
    update staff_second_factor set last_step = ${step}
    where staff_id = ${id} and secret = ${kept} and last_step < ${step}
    returning staff_id`);
  return used.length > 0;
};

const useRecoveryCode = async (
  { sql }: AccessPorts,
  request: FastifyRequest,
  owner: Me,
  code: string,
): Promise<boolean> => {
  const note = { ...noteOf(request, 'second-factor.recovery-used', owner), role: owner.role, by: owner.id };
  const [result] = await withinTimeout(sql<[{ isUsed: boolean }]>`
    with used as (
      delete from staff_recovery_code where staff_id = ${owner.id} and code_hash = ${hashOfCode(code)} returning staff_id
    ),
    noted as (${noteEntry(sql, 'used', note)})
    select exists (select from used) as "isUsed"`);
  return result.isUsed;
};
