import { createHash } from 'node:crypto';
import type { CommandId } from '@antrean/shared/domain/ids.ts';

/** A UUID that follows from what it is for: version 8, RFC 9562 §5.8. The same parts always give the same id. */
export const commandIdOf = (...parts: readonly (string | number)[]): CommandId => {
  const hex = createHash('sha256').update(parts.join('|')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` as CommandId;
};
