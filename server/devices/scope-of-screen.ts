import type { AgencyId, BranchId } from '@antrean/shared/domain/ids.ts';
import { mayAct } from '@antrean/shared/domain/permissions.ts';
import type { AudienceName } from '@antrean/shared/protocol/screens.ts';
import { heldUpBy } from '../access/guard.ts';
import type { FirstRun } from '../access/set-up-code.ts';
import type { StaffSessions } from '../access/session-store.ts';
import { staffOf } from '../access/sessions.ts';
import type { Halls } from '../hall/halls.ts';
import { type Scope, wholeHall } from '../push/screens.ts';
import type { Devices } from './device-store.ts';

interface Ports {
  readonly firstRun: FirstRun;
  readonly halls: Pick<Halls, 'branch' | 'find'>;
  readonly sessions: StaffSessions;
  readonly devices: Devices;
}

/**
 * What a screen with this cookie may see: the floor is for staff; the board is for staff, for the hall's devices, and for
 * everybody where its screens are open (DEVICE-5). `null`: nothing, as for all until somebody has an account (S1). Throws `BranchUnknown`, and what Postgres throws.
 */
export const scopeOfScreen = async (
  { firstRun, halls, sessions, devices }: Ports,
  cookie: string | undefined,
  audience: AudienceName,
  branchId: BranchId,
): Promise<Scope | null> => {
  if (await firstRun.isNow()) return null;
  if (audience === 'board') {
    const { setup } = halls.find(branchId) ?? (await halls.branch(branchId));
    if (setup.rules.openScreens) return wholeHall;
    if ((await devices.of(cookie))?.branchId === branchId) return wholeHall;
  }
  const staff = await staffOf(sessions, cookie);
  if (!staff || heldUpBy(staff)) return null;
  if (!mayAct(staff, audience === 'board' ? 'branch:read' : 'floor:read')) return null;
  if (staff.branchId !== null && staff.branchId !== branchId) return null;
  if (audience === 'board') return wholeHall;
  return { agencyId: staff.agencyId as AgencyId | null, seesAlerts: mayAct(staff, 'alert:read') };
};
