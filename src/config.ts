/**
 * Environment -> Config. Read once, at the start; nothing else looks at the environment. Each knob is
 * documented on its field, with the variable that turns it.
 */
import * as z from 'zod';
import { parseRateWindows, type RateWindow } from './throttle/rate-window.ts';

export interface Config {
  readonly mode: {
    /** `MODE_BASE_URL`: origin of Mode's APIs. @default https://app.mode.com */
    readonly baseUrl: string;
    /** `MODE_WEB_URL`: where people open Mode; web links in answers start with it. @default https://app.mode.com */
    readonly webUrl: string;
    /** `MODE_WORKSPACE`: the workspace's username, as in its web address. Required. */
    readonly workspace: string;
    /** `MODE_API_TOKEN`: token of an API key. Required. */
    readonly token: string;
    /** `MODE_API_SECRET`: password of the same key. Required; never logged. */
    readonly secret: string;
    /** `MODE_RATE_LIMIT`: one or more sliding windows, such as `40/10s,200/60s`. @default 40/10s */
    readonly rateWindows: readonly RateWindow[];
    /** `MODE_CONCURRENCY`: calls under way at once. @default 4 */
    readonly concurrency: number;
    /** `MODE_TIMEOUT`: how long one attempt may take, waiting for the throttle not counted, in ms. @default 30s */
    readonly timeoutMs: number;
  };
  readonly server: {
    /** `HOST`: the address to listen on. One beyond loopback needs `GATEWAY_API_KEYS`. @default 127.0.0.1 */
    readonly host: string;
    /** `PORT`: 0 takes any free one. @default 4000 */
    readonly port: number;
    /** `GATEWAY_API_KEYS`: comma-separated; a caller must send one of them. @default none */
    readonly apiKeys: readonly string[];
    /** `DEFAULT_PAGE_SIZE`: rows of a page when neither `first` nor `last` is given. @default 20 */
    readonly defaultPageSize: number;
    /** `MAX_PAGE_SIZE`: the most rows of a page; asking for more is an error. @default 100 */
    readonly maxPageSize: number;
    /** `SHUTDOWN_TIMEOUT`: how long running questions may take once the process is told to stop, in ms. @default 30s */
    readonly drainMs: number;
  };
  /** `LOG_LEVEL`: trace, debug, info, warn, error, fatal or silent. @default info */
  readonly logLevel: string;
}

/** What is wrong with the environment, one line for each variable at fault. Never holds a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;
const DURATION_UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

const origin = (fallback: string) =>
  z
    .url({ protocol: /^https?$/, error: 'must be a web address such as https://app.mode.com' })
    .default(fallback)
    .transform((url) => url.replace(/\/+$/, ''));

const duration = (fallback: string) =>
  z
    .string()
    .regex(/^\d+(ms|s|m|h)$/, 'must be a duration such as 500ms, 30s or 15m')
    .default(fallback)
    .transform((text) => Number.parseInt(text, 10) * (DURATION_UNITS_MS[text.replace(/^\d+/, '')] ?? 1));

const whole = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max)
    .default(fallback)
    .catch(() => Number.NaN)
    .refine((value) => !Number.isNaN(value), `must be a whole number from ${min} to ${max}`);

const required = (remedy: string) => z.string({ error: `is missing: ${remedy}` });

const environment = z.object({
  MODE_BASE_URL: origin('https://app.mode.com'),
  MODE_WEB_URL: origin('https://app.mode.com'),
  MODE_WORKSPACE: required('set it to the workspace’s username, as in app.mode.com/{workspace}').regex(
    /^[\w.-]{1,100}$/,
    'must be the workspace’s username, as in app.mode.com/{workspace}, not an address',
  ),
  MODE_API_TOKEN: required('set it to the token of an API key (Mode: Workspace Settings, API Keys)'),
  MODE_API_SECRET: required('set it to the password that belongs to MODE_API_TOKEN'),
  MODE_RATE_LIMIT: z
    .string()
    .default('40/10s')
    .transform((text, context) => {
      try {
        return parseRateWindows(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be calls per time, such as 40/10s or 40/10s,200/60s' });
        return z.NEVER;
      }
    }),
  MODE_CONCURRENCY: whole(4, 1, 1_000),
  MODE_TIMEOUT: duration('30s'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(4000, 0, 65_535),
  GATEWAY_AUTH: z.literal('keys', { error: 'must be "keys"; this version knows no other way' }).default('keys'),
  GATEWAY_API_KEYS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((key) => key.trim()))
    .transform((keys) => keys.filter((key) => key !== ''))
    .refine((keys) => keys.every((key) => key.length >= 8), 'must hold keys of at least 8 characters each'),
  DEFAULT_PAGE_SIZE: whole(20, 1, 10_000),
  MAX_PAGE_SIZE: whole(100, 1, 10_000),
  SHUTDOWN_TIMEOUT: duration('30s'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
});

/** @throws {ConfigError} naming every variable that is missing or wrong, and what to do about it */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // Compose files pass unset variables on as empty text.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = environment.safeParse(given);
  if (!result.success) {
    throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const values = result.data;
  const problems: string[] = [];
  if (!LOOPBACK.test(values.HOST) && values.GATEWAY_API_KEYS.length === 0) {
    problems.push(
      'GATEWAY_API_KEYS is missing: HOST is not a loopback address, so anybody on the network could read the workspace; set keys, or listen on 127.0.0.1',
    );
  }
  if (values.DEFAULT_PAGE_SIZE > values.MAX_PAGE_SIZE) {
    problems.push('DEFAULT_PAGE_SIZE must not be larger than MAX_PAGE_SIZE');
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    mode: {
      baseUrl: values.MODE_BASE_URL,
      webUrl: values.MODE_WEB_URL,
      workspace: values.MODE_WORKSPACE,
      token: values.MODE_API_TOKEN,
      secret: values.MODE_API_SECRET,
      rateWindows: values.MODE_RATE_LIMIT,
      concurrency: values.MODE_CONCURRENCY,
      timeoutMs: values.MODE_TIMEOUT,
    },
    server: {
      host: values.HOST,
      port: values.PORT,
      apiKeys: values.GATEWAY_API_KEYS,
      defaultPageSize: values.DEFAULT_PAGE_SIZE,
      maxPageSize: values.MAX_PAGE_SIZE,
      drainMs: values.SHUTDOWN_TIMEOUT,
    },
    logLevel: values.LOG_LEVEL,
  };
}
