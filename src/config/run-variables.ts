/** How the process is run, watched and shared. */
import * as z from 'zod';
import { duration, oneOf, variable, whole } from './kinds.ts';

export interface RunConfig {
  /** Undefined: this gateway is alone. */
  readonly redisUrl: string | undefined;
  readonly assumedReplicas: number;
  readonly drainMs: number;
  readonly shutdownDelayMs: number;
  readonly logLevel: string;
}

export const runVariables = {
  REDIS_URL: variable(
    z
      .string()
      .refine(
        (url) => /^rediss?:\/\/[^/\s]+/.test(url) && URL.canParse(url),
        'must be the address of a Redis, such as redis://127.0.0.1:6379',
      )
      .optional(),
    {
      about: 'Where gateways of the same API key count their calls together, such as `redis://127.0.0.1:6379`.',
      fallback: 'none: this gateway is alone',
      secret: true,
    },
  ),
  GATEWAY_REPLICAS: variable(whole(4, 1, 1_000), {
    about:
      'How many gateways share the API key, for one that has not reached Redis since it started; the others know it from Redis.',
    fallback: '`4`',
  }),
  SHUTDOWN_TIMEOUT: variable(duration('30s', 0), {
    about: 'How long running questions may take once the process is told to stop; new ones are refused meanwhile.',
    fallback: '`30s`',
  }),
  SHUTDOWN_DELAY: variable(duration('0s', 0), {
    about:
      'How long a process that is told to stop goes on taking questions before that, while `/ready` says 503: for a load balancer that asks there.',
    fallback: '`0s`',
  }),
  LOG_LEVEL: variable(oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info'), {
    about: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
    fallback: '`info`',
  }),
};

type Values = z.output<z.ZodObject<typeof runVariables>>;

export function runConfig(values: Values): RunConfig {
  return {
    redisUrl: values.REDIS_URL,
    assumedReplicas: values.GATEWAY_REPLICAS,
    drainMs: values.SHUTDOWN_TIMEOUT,
    shutdownDelayMs: values.SHUTDOWN_DELAY,
    logLevel: values.LOG_LEVEL,
  };
}
