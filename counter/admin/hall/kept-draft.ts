import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';

/** A draft with the revision it was made of, as the tab keeps it until it is closed. */
export interface KeptDraft {
  readonly revision: number;
  readonly blueprint: Blueprint;
}

const keyOf = (branchId: string, by: string): string => `antrean.draft.${branchId}.${by}`;

/** @param by the login: nobody is shown what another began at the same machine */
export const keepDraft = (branchId: string, by: string, draft: KeptDraft | null): void => {
  try {
    if (draft) sessionStorage.setItem(keyOf(branchId, by), JSON.stringify(draft));
    else sessionStorage.removeItem(keyOf(branchId, by));
  } catch {
    // A browser that keeps nothing, or is full: the draft lives as long as the page.
  }
};

/** `null` where none is kept, or what is kept is none. */
export const keptDraft = (branchId: string, by: string): KeptDraft | null => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(branchId, by)) ?? 'null') as KeptDraft | null;
    return kept && typeof kept.revision === 'number' && Array.isArray(kept.blueprint.services) ? kept : null;
  } catch {
    return null;
  }
};
