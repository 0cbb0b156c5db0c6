import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

const options = {
  base: null,
  redact: { paths: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.token'], censor: '***' },
};

/** The process's log, with whatever could carry a secret masked (S20): JSON lines, in a terminal words. */
export const createLog = (level: string): Logger =>
  process.stdout.isTTY
    ? pino({ ...options, level }, pretty({ sync: true, ignore: 'hostname', translateTime: 'SYS:HH:MM:ss' }))
    : pino({ ...options, level });
