import type { BranchId, ServiceId } from '@antrean/shared/domain/ids.ts';

/** Redis keys of a branch; the braces keep them in one cluster slot. */
export const keysOf = (branchId: BranchId) => ({
  /** Hash: `version` and `epoch` of what the other keys hold, and the version at which they were last `loaded` anew. */
  state: `{b:${branchId}}:state`,
  /** Stream of events, entry id `<version>-0`, capped. */
  feed: `{b:${branchId}}:feed`,
  /** Channel: `<who wrote> <version>` after each run of events, so that a node need not read back what it wrote. */
  news: `{b:${branchId}}:news`,
  /** Hash of the board's entries as JSON. */
  board: `{b:${branchId}}:board`,
  /** Set of the services that have a line key. */
  lines: `{b:${branchId}}:lines`,
  /** Sorted set of waiting tickets, the first to come first. */
  line: (serviceId: ServiceId) => `{b:${branchId}}:line:${serviceId}`,
});

/** The `news` channels of all branches. */
export const newsPattern = keysOf('*' as BranchId).news;

/** The branch of a `news` channel. */
export const branchOfNews = (channel: string): BranchId | undefined =>
  /^\{b:(.+)\}:news$/.exec(channel)?.[1] as BranchId | undefined;

/** Events kept in the feed: enough for a node that was away for a moment; longer gaps are read from the ledger. */
export const feedLength = 2_000;
