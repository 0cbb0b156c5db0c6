import type { BlueprintFault } from '../domain/blueprint-fault.ts';
import type { Translate } from '../locales/translate.ts';
import type { DraftFault } from '../protocol/blueprint-faults.ts';
import { limitsAt } from '../protocol/blueprint-limits.ts';

type SaidFault = Pick<DraftFault, 'code' | 'path'> & Pick<BlueprintFault, 'values'>;

/** What is wrong at a place of a draft, in a sentence for whoever sees the field. */
export const sayFault = ({ code, path, values }: SaidFault, say: Translate): string => {
  const { minimum, maximum } = limitsAt(path);
  const isRange = code === 'WRONG_VALUE' || code === 'WRONG_TYPE';
  if (isRange && minimum !== undefined && maximum !== undefined) {
    return say('fault.range', { from: minimum, to: maximum });
  }
  const isServes = ['serves', 'of', 'with'].some((step) => step === path.at(-1));
  if (isServes && (isRange || code === 'MISSING_FIELD')) return say('fault.servesNothing');
  if (isRange && path.at(-1) === 'callColour') return say('fault.colour');
  if (isRange && path[0] === 'screens' && path.at(-1) === 'zone') return say('fault.zoneEmpty');
  if (code === 'MISSING_FIELD' && path.at(-1) === 'files') return say('fault.filesMissing');
  const isTime = path.some(
    (step) => step === 'opens' || step === 'closes' || step === 'dayStartsAt' || step === 'breaks',
  );
  return isRange && isTime ? say('fault.time') : say(`fault.${code}`, values);
};
