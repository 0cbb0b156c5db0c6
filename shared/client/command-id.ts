import type { CommandId } from '../domain/ids.ts';

/**
 * A version 7 UUID, RFC 9562 §5.7: the instant in ms, then 74 random bits. New ids thus sort behind the older ones, and
 * the indexes of the ledger and of the node's memory grow at their end instead of everywhere. Not by
 * `crypto.randomUUID`: browsers give that to https pages only, and a kiosk in a hall's own network is often plain http.
 */
export const newCommandId = (): CommandId => {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  bytes[0] = ((bytes[0] ?? 0) & 0x0f) | 0x70;
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80;
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${random.slice(0, 4)}-${random.slice(4, 8)}-${random.slice(8)}` as CommandId;
};
