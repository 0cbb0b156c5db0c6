import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { preHandlerHookHandler } from 'fastify';
import type { Branch } from '../hall/branch.ts';
import type { Halls } from '../hall/halls.ts';
import { sendProblem } from '../http/send-problem.ts';

/** Lets nobody pass but staff, a device of the hall, and whoever comes to a hall whose screens are open (DEVICE-5). */
export const refuseStrangers =
  (halls: Pick<Halls, 'branch' | 'find'>): preHandlerHookHandler =>
  (request, reply, done) => {
    if (request.staff || request.device) return done();
    const { branchId } = request.params as { branchId: BranchId };
    const go = ({ setup }: Branch): void => {
      if (setup.rules.openScreens) return done();
      sendProblem(request, reply, 401, 'DEVICE_NEEDED');
    };
    const loaded = halls.find(branchId);
    if (loaded) go(loaded);
    else halls.branch(branchId).then(go, done);
  };
