/** How the process is run, watched and shared. */
import * as z from 'zod';
import { decoded, duration, flag, oneOf, variable, whole } from './kinds.ts';

export interface RunConfig {
  /** Undefined: this gateway is alone. */
  readonly redisUrl: string | undefined;
  readonly assumedReplicas: number;
  readonly drainMs: number;
  readonly shutdownDelayMs: number;
  /** How often an operation is carried out before it is compiled; Infinity: it never is. */
  readonly compileAfter: number;
  readonly logLevel: string;
  /** Whether `/metrics` is there. */
  readonly metrics: boolean;
  /** What opens it; undefined: whatever opens `/graphql`. */
  readonly metricsKey: string | undefined;
  /** Undefined: nothing is traced. */
  readonly tracing: TracingConfig | undefined;
}

export interface TracingConfig {
  /** Where traces are sent to, by OTLP over HTTP. */
  readonly url: string;
  /** Sent with them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

const COLLECTOR = /^https?:\/\/[^/?#@\s]+(\/[^?#\s]*)?$/i;

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
      about:
        'Where gateways of the same API key count their calls together and, unless `CATALOG_SHARED` is off, share the catalog, such as `redis://127.0.0.1:6379`.',
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
  COMPILE_AFTER: variable(
    z
      .string()
      .regex(/^(off|\d{1,7})$/, 'must be a whole number such as 1, or off')
      .default('1')
      .transform((text) => (text === 'off' ? Infinity : Number(text))),
    {
      about:
        'How often an operation is carried out, from the second time it is asked, before it is compiled to JavaScript, which answers its lists two to three times as fast. What is asked once is never compiled (but for `0`); `off` never compiles any.',
      fallback: '`1`',
    },
  ),
  LOG_LEVEL: variable(oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info'), {
    about: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
    fallback: '`info`',
  }),
  METRICS: variable(flag('on'), {
    about: '`on` shows Prometheus’s metrics at `/metrics`, to those who may ask questions; `off` does not.',
    fallback: '`on`',
  }),
  METRICS_KEY: variable(z.string().min(8, 'must have at least 8 characters').optional(), {
    about:
      'A key that opens `/metrics` and nothing else, as `Authorization: Bearer …` or `X-API-Key: …`; nothing else opens it then. With `GATEWAY_AUTH=pass-through` there are no metrics without it: they count what no single caller may see.',
    fallback: 'none',
    secret: true,
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    z
      .string()
      .refine(
        (url) => COLLECTOR.test(url) && URL.canParse(url),
        'must be the address of an OpenTelemetry collector, such as http://127.0.0.1:4318',
      )
      .optional(),
    {
      about:
        'An OpenTelemetry collector that speaks OTLP over HTTP, such as `http://127.0.0.1:4318`: questions and their calls are traced.',
      fallback: 'none: nothing is traced',
    },
  ),
  OTEL_EXPORTER_OTLP_HEADERS: variable(
    z
      .string()
      .regex(
        /^\s*[\w-]+\s*=\s*[^,=\s][^,]*(,\s*[\w-]+\s*=\s*[^,=\s][^,]*)*$/,
        'must be headers such as x-key=abc,x-other=def, their values encoded as in a URL',
      )
      .optional(),
    {
      about: 'Headers for the collector, such as `x-key=abc`, several separated by commas.',
      fallback: 'none',
      secret: true,
    },
  ),
  OTEL_SERVICE_NAME: variable(z.string().default('mode-graphql'), {
    about: 'What traces call this gateway.',
    fallback: '`mode-graphql`',
  }),
};

type Values = z.output<z.ZodObject<typeof runVariables>>;

export function runConfig(values: Values): RunConfig {
  return {
    redisUrl: values.REDIS_URL,
    assumedReplicas: values.GATEWAY_REPLICAS,
    drainMs: values.SHUTDOWN_TIMEOUT,
    shutdownDelayMs: values.SHUTDOWN_DELAY,
    compileAfter: values.COMPILE_AFTER,
    logLevel: values.LOG_LEVEL,
    metrics: values.METRICS,
    metricsKey: values.METRICS_KEY,
    tracing: tracingConfig(values),
  };
}

function tracingConfig(values: Values): TracingConfig | undefined {
  const endpoint = values.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return undefined;
  const headers = (values.OTEL_EXPORTER_OTLP_HEADERS ?? '').split(',').flatMap((header) => {
    const [, name, value] = /^\s*([\w-]+)\s*=\s*(.+?)\s*$/.exec(header) ?? [];
    return name === undefined || value === undefined ? [] : [[name, decoded(value)] as const];
  });
  return {
    // As OpenTelemetry's specification has it for this variable.
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: Object.fromEntries(headers),
    serviceName: values.OTEL_SERVICE_NAME,
  };
}
