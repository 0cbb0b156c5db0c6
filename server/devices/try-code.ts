import type { FastifyReply, FastifyRequest } from 'fastify';
import { signedIn } from '../access/guard.ts';
import { refuseTries } from '../access/refuse-tries.ts';
import type { DevicePorts } from './device-ports.ts';

/**
 * Tries a code once: five wrong ones make whoever types them wait a quarter of an hour, wherever they sit (S4). Wrong,
 * used and run out look alike.
 *
 * @param find what the code leads to
 * @returns that; `null` when there is none, and the problem is sent
 */
export const tryCode = async <Found>(
  { tries }: Pick<DevicePorts, 'tries'>,
  request: FastifyRequest,
  reply: FastifyReply,
  find: () => Promise<Found | undefined>,
): Promise<Found | null> => {
  let found: Found | undefined;
  const tried = await tries.once('pairing-code', signedIn(request).id, async () => {
    found = await find();
    return found !== undefined;
  });
  return refuseTries(request, reply, tried, [404, 'PAIRING_UNKNOWN']) ? null : (found ?? null);
};
