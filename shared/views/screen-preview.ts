import type { BranchView } from '../protocol/branch.ts';

/** Where the server has the page that shows what it is given, framed by pages of the same origin alone (SCREEN-2). */
export const previewPath = '/tv/preview';

/** What the administration gives to the page within its frame, which says `previewReady` before. */
export interface ScreenPreview {
  /** What everybody would know of the hall, were the draft to hold. */
  readonly branch: BranchView;
  /** Of the screen to show. */
  readonly screenId: string;
}

export const previewReady = 'preview.ready';
