/**
 * Versions of the wire: each with the hash over every schema of this folder as it was then (descriptions apart). When a
 * schema changes, a line is added here: tests/house/protocol.test.ts says which. Screens and server of one
 * installation come from one tree, so the number tells programs of others that something is new.
 */
export const protocolVersions: Readonly<Record<number, string>> = {
  1: '54ad59f9c29a1dc4',
  2: 'f605351fd639ab37',
  3: 'b58c87d3cc8d677c',
  4: '03fed64420555537',
  5: '5e439e8cf84f19b0',
  6: '4190263d79d4cc97',
  7: 'd65c6a38ddca6116',
  8: '573f8ca6015dd796',
  9: '22e50be4957d1aad',
  10: '28a1a74b23ae3805',
};

export const protocolVersion = Math.max(...Object.keys(protocolVersions).map(Number));
