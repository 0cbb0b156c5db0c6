import type { BranchId, ServiceId } from '@antrean/shared/domain/ids.ts';

/** Redis keys of a branch; the braces keep them in one cluster slot. */
export const keysOf = (branchId: BranchId) => ({
  /** Hash: `version` and `epoch` of what the other keys hold. */
  state: `{b:${branchId}}:state`,
  /** Stream of events, entry id `<version>-0`, capped. */
  feed: `{b:${branchId}}:feed`,
  /** Hash of the board's entries as JSON. */
  board: `{b:${branchId}}:board`,
  /** Set of the services that have a line key. */
  lines: `{b:${branchId}}:lines`,
  /** Sorted set of waiting tickets, the first to come first. */
  line: (serviceId: ServiceId) => `{b:${branchId}}:line:${serviceId}`,
});

/** Events kept in the feed: enough for a node that was away for a moment; longer gaps are read from the ledger. */
export const feedLength = 2_000;
