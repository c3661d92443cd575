import { pino, type DestinationStream, type Logger } from 'pino';
import { errorFields } from './logs/error-fields.ts';
import { createRedact, createRedactLine } from './logs/redact.ts';

export type { Logger };

export interface LoggerOptions {
  /** Struck from every line. @default none */
  readonly secrets?: readonly string[];
  /** @default standard error: standard output belongs to the commands */
  readonly destination?: DestinationStream;
}

/** One line of JSON for each event. */
export function createLogger(level: string, options: LoggerOptions = {}): Logger {
  const { secrets = [], destination = pino.destination(2) } = options;
  const redact = createRedact(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error: unknown) => errorFields(error, redact) },
      hooks: {
        logMethod(all, method) {
          // Where a line has no message, pino makes the error's own its message, as it stands.
          const [first] = all;
          const isBare = all.length === 1 && typeof first === 'object';
          method.apply(this, isBare ? [first, 'error'] : all);
        },
        // The last thing that is done to a line: whatever was put into it, by whomever.
        streamWrite: createRedactLine(secrets),
      },
    },
    destination,
  );
}
