import type { Translate } from '@antrean/shared/locales/translate.ts';
import type { Halls } from '../halls.svelte.ts';
import type { Scope } from './scope-choices.ts';

/** What an account is limited to, in words. */
export const sayScope = ({ branchId, agencyId }: Scope, halls: Halls, language: string, say: Translate): string => {
  if (branchId === null) return say('people.allHalls');
  const hall = halls.name(branchId, language);
  return agencyId === null ? hall : `${halls.agencyName(branchId, agencyId, language)} · ${hall}`;
};
