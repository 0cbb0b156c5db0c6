import { type Logger, pino } from 'pino';

/** The process's log: JSON lines, with whatever could carry a secret masked (S20). */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: null,
    redact: { paths: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.token'], censor: '***' },
  });
