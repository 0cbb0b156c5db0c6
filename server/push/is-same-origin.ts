import type { IncomingMessage } from 'node:http';

/** Whether a browser's request comes from a page of this very host; programs send no `Origin` and are let through. */
export const isSameOrigin = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean => {
  if (headers.origin === undefined) return true;
  try {
    return new URL(headers.origin).host === headers.host;
  } catch {
    return false;
  }
};
