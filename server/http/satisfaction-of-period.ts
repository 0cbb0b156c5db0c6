import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { SatisfactionView } from '@antrean/shared/protocol/survey.ts';
import { tellSatisfaction } from '@antrean/shared/views/tell-satisfaction.ts';
import type { Period } from '../insight/period.ts';
import { readSatisfaction } from '../insight/read-satisfaction.ts';
import type { HttpPorts } from './ports.ts';

/** What whoever asks may see of a hall in a period (SURVEY-5). Throws `BranchUnknown`, and what Postgres throws. */
export const satisfactionOf = async (
  { inScope, halls, legs }: HttpPorts,
  branchId: BranchId,
  { from, to }: Period,
  me: Me,
): Promise<SatisfactionView> => {
  const { setup } = await halls.branch(branchId);
  await legs.catchUp(branchId, setup.zone);
  const services = await readSatisfaction(inScope, branchId, { from, to }, me);
  return tellSatisfaction(services, { from, to, survey: setup.rules.survey ?? 'none' });
};
