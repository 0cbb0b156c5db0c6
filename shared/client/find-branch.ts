import type { BranchList, BranchView } from '../protocol/branch.ts';
import { askUntilAnswered } from './ask-server.ts';

/** Which hall a screen is for: named in its address, else the only one, else to be chosen. */
export type FoundBranch =
  | { readonly kind: 'found'; readonly branch: BranchView }
  | { readonly kind: 'choose'; readonly branches: BranchList; readonly isUnknown: boolean };

/** Waits until the server answers. */
export const findBranch = async (asked: string | null): Promise<FoundBranch> => {
  const named = asked === null ? null : await readBranch(asked);
  if (named) return { kind: 'found', branch: named };
  const list = await askUntilAnswered<BranchList>({ path: '/v1/branches', language: 'en' });
  const branches = list.kind === 'done' ? list.body : [];
  const only = asked === null && branches.length === 1 && branches[0] ? await readBranch(branches[0].id) : null;
  return only ? { kind: 'found', branch: only } : { kind: 'choose', branches, isUnknown: asked !== null };
};

/** What everybody may know of a hall; `null` when there is none of that id. Waits until the server answers. */
export const readBranch = async (branchId: string): Promise<BranchView | null> => {
  const path = `/v1/branches/${encodeURIComponent(branchId)}`;
  const reply = await askUntilAnswered<BranchView>({ path, language: 'en' });
  return reply.kind === 'done' ? reply.body : null;
};

/** What a screen's address says: `?branch=ID&lang=TAG&screen=ID`. */
export const askedOf = (search: string): Record<'branchId' | 'language' | 'screenId', string | null> => {
  const parameters = new URLSearchParams(search);
  return {
    branchId: parameters.get('branch'),
    language: parameters.get('lang'),
    screenId: parameters.get('screen'),
  };
};

/** The same address for another hall. */
export const searchFor = (search: string, branchId: string): string => {
  const parameters = new URLSearchParams(search);
  parameters.set('branch', branchId);
  return `?${parameters.toString()}`;
};
