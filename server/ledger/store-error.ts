import postgres from 'postgres';

/**
 * What a failed statement means for the command: `constraint` and `unavailable` - certainly not done; `retry` - not
 * done, and worth another try at once; `unknown` - it may have been done.
 */
export type StoreFailure =
  | { readonly kind: 'constraint'; readonly constraint: string }
  | { readonly kind: 'retry' | 'unavailable' | 'unknown'; readonly reason: string };

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'CONNECT_TIMEOUT', 'ENOENT']);
const startingOrStopping = new Set(['57P03', '53300', '3D000', '28P01', '28000']);

export const storeFailure = (error: unknown): StoreFailure => {
  const reason = error instanceof Error ? error.message : String(error);
  const code = (error as { code?: unknown }).code;
  if (error instanceof postgres.PostgresError) {
    if (error.code === '23505') return { kind: 'constraint', constraint: error.constraint_name ?? '' };
    if (error.code === '40001' || error.code === '40P01') return { kind: 'retry', reason };
    // An ERROR rolled the statement back; a FATAL may have struck after the commit and before its answer.
    if (error.severity === 'ERROR' || startingOrStopping.has(error.code)) return { kind: 'unavailable', reason };
    return { kind: 'unknown', reason };
  }
  // The network may also report a host as out of reach long after a statement was sent to it.
  const hadConnection = ['read', 'write'].includes((error as { syscall?: string }).syscall ?? '');
  if (typeof code === 'string' && neverSent.has(code) && !hadConnection) return { kind: 'unavailable', reason };
  return { kind: 'unknown', reason };
};
