import { pino, type Logger } from 'pino';

export type { Logger };

/** One line of JSON for each event, on standard error: standard output belongs to the commands. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
