import type { DeviceHealth } from '@antrean/shared/protocol/devices.ts';
import type { PrinterCondition } from '@antrean/shared/protocol/printers.ts';
import type { InScope } from '../ledger/in-scope.ts';

/** Three reports that did not come, s: one may be late and one be lost. */
const silentAfterS = 95;

/** What a kiosk says of its printer, the worst first. */
const conditions: readonly (readonly [NonNullable<DeviceHealth['paper']>, PrinterCondition])[] = [
  ['unable', 'unable'],
  ['missing', 'missing'],
  ['refused', 'refused'],
  ['silent', 'silent'],
  ['cover', 'cover'],
  ['out', 'out'],
  ['low', 'low'],
  ['ok', 'ready'],
];

/**
 * How a printer at the kiosks' own USB is, as they say themselves: the worst of them (PAPER-10). Throws what Postgres throws.
 *
 * @param isFirst whether kiosks print at it for which none was chosen
 * @returns `untold`: no kiosk that prints at it has said so lately
 */
export const kioskCondition = async (
  inScope: InScope,
  branchId: string,
  printerId: string,
  isFirst: boolean,
): Promise<PrinterCondition> => {
  const rows = await inScope(
    branchId,
    (sql) => sql<{ paper: string | null }[]>`
    select distinct health ->> 'paper' as paper from device
    where branch_id = ${branchId} and kind = 'kiosk' and revoked_at is null
      and seen_at > now() - ${silentAfterS} * interval '1 second'
      and (printer_id = ${printerId} or (${isFirst} and printer_id is null))`,
  );
  const said = new Set(rows.map(({ paper }) => paper));
  return conditions.find(([paper]) => said.has(paper))?.[1] ?? 'untold';
};
