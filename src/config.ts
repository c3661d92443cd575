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
    /**
     * `MODE_DISCOVERY_RATE_LIMIT`: the windows of Discovery's calls; undefined when they count with REST's
     * (`shared`), as is assumed as long as nobody has found out. @default shared
     */
    readonly discoveryRateWindows: readonly RateWindow[] | undefined;
    /** `MODE_CONCURRENCY`: calls under way at once, at the most; fewer after a refusal. @default 4 */
    readonly concurrency: number;
    /**
     * `MODE_DISCOVERY`: `off`; `auto`, which uses `MODE_DISCOVERY_TOKEN`, `MODE_DISCOVERY_ACCESS_KEY` and
     * `MODE_DISCOVERY_ACCESS_SECRET` if they are set; or `mint`, which makes a short-lived signature token with the
     * API key, which must be an admin's, and deletes it at shutdown. @default auto
     */
    readonly discovery: DiscoveryCredential;
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
    /**
     * `GATEWAY_KEY_WEIGHTS`: comma-separated, one for each key, in their order: turns at Mode's limit that who sends it
     * gets for each turn of a key of weight 1. @default 1 for each
     */
    readonly keyWeights: readonly number[];
    /** `DEFAULT_PAGE_SIZE`: rows of a page when neither `first` nor `last` is given. @default 20 */
    readonly defaultPageSize: number;
    /** `MAX_PAGE_SIZE`: the most rows of a page; asking for more is an error. @default 100 */
    readonly maxPageSize: number;
    /** `OPERATION_TIMEOUT`: how long a question may take, in ms; a caller may ask for less. @default 30s */
    readonly operationTimeoutMs: number;
    /** `SHUTDOWN_TIMEOUT`: how long running questions may take once the process is told to stop, in ms. @default 30s */
    readonly drainMs: number;
  };
  readonly sharing: {
    /** `REDIS_URL`: where gateways of the same API key count their calls together; undefined: this one is alone. @default none */
    readonly redisUrl: string | undefined;
    /**
     * `GATEWAY_REPLICAS`: how many gateways share the API key, for one that has not reached Redis since it started; the
     * others know it from Redis. @default 4
     */
    readonly assumedReplicas: number;
  };
  readonly catalog: {
    /** `CATALOG_WARM`: `on` reads the catalog at start, behind whoever asks; `off` waits for the first question. @default on */
    readonly warm: boolean;
    /** `CATALOG_MAX_AGE`: older than this, a list is still served, and read anew behind the answer. In ms. @default 15m */
    readonly maxAgeMs: number;
    /** `CATALOG_DIR`: where the catalog outlives the process; `off`: nowhere. @default a folder in the user's cache */
    readonly directory: string | undefined;
  };
  /** `LOG_LEVEL`: trace, debug, info, warn, error, fatal or silent. @default info */
  readonly logLevel: string;
}

export type DiscoveryCredential =
  | { readonly kind: 'off' }
  | { readonly kind: 'mint' }
  | { readonly kind: 'given'; readonly token: string; readonly accessKey: string; readonly accessSecret: string };

/** What is wrong with the environment, one line for each variable at fault. Never holds a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;
const DURATION_UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const ORIGIN = /^https?:\/\/[^/?#@\s]+\/*$/i;

/** An address without a path, a query or a user: paths are ours to add, and secrets have variables of their own. */
const origin = (fallback: string) =>
  z
    .string()
    .refine((url) => ORIGIN.test(url) && URL.canParse(url), 'must be a web address such as https://app.mode.com')
    .default(fallback)
    .transform((url) => url.replace(/\/+$/, ''));

const duration = (fallback: string, atLeastMs: number) =>
  z
    .string()
    .regex(/^\d{1,9}(ms|s|m|h|d)$/, 'must be a duration such as 500ms, 30s or 15m')
    .default(fallback)
    .transform((text) => Number.parseInt(text, 10) * (DURATION_UNITS_MS[text.replace(/^\d+/, '')] ?? 1))
    // Timers end at 24 days.
    .refine((ms) => ms >= atLeastMs && ms <= 20 * 86_400_000, `must be from ${atLeastMs}ms to 20d`);

const whole = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max)
    .default(fallback)
    .catch(() => Number.NaN)
    .refine((value) => !Number.isNaN(value), `must be a whole number from ${min} to ${max}`);

const readRateWindows = (text: string, context: z.RefinementCtx, otherwise = ''): RateWindow[] => {
  try {
    return parseRateWindows(text);
  } catch {
    const message = `must be ${otherwise}calls per time, such as 40/10s or 40/10s,200/60s`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
};

const required = (remedy: string) => z.string({ error: `is missing: ${remedy}` });

const environment = z.object({
  MODE_BASE_URL: origin('https://app.mode.com'),
  MODE_WEB_URL: origin('https://app.mode.com'),
  MODE_WORKSPACE: required('set it to the workspace’s username, as in app.mode.com/{workspace}').regex(
    /^(?!\.{1,2}$)[\w.-]{1,100}$/,
    'must be the workspace’s username, as in app.mode.com/{workspace}, not an address',
  ),
  MODE_API_TOKEN: required('set it to the token of an API key (Mode: Workspace Settings, API Keys)'),
  MODE_API_SECRET: required('set it to the password that belongs to MODE_API_TOKEN'),
  MODE_RATE_LIMIT: z
    .string()
    .default('40/10s')
    .transform((text, context) => readRateWindows(text, context)),
  MODE_DISCOVERY_RATE_LIMIT: z
    .string()
    .default('shared')
    .transform((text, context) => (text === 'shared' ? undefined : readRateWindows(text, context, 'shared, or '))),
  MODE_CONCURRENCY: whole(4, 1, 1_000),
  MODE_TIMEOUT: duration('30s', 1),
  MODE_DISCOVERY: z.enum(['off', 'auto', 'mint'], { error: 'must be off, auto or mint' }).default('auto'),
  MODE_DISCOVERY_TOKEN: z.string().optional(),
  MODE_DISCOVERY_ACCESS_KEY: z.string().optional(),
  MODE_DISCOVERY_ACCESS_SECRET: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(4000, 0, 65_535),
  GATEWAY_AUTH: z.literal('keys', { error: 'must be "keys"; this version knows no other way' }).default('keys'),
  GATEWAY_API_KEYS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((key) => key.trim()))
    .transform((keys) => keys.filter((key) => key !== ''))
    .refine((keys) => keys.every((key) => key.length >= 8), 'must hold keys of at least 8 characters each'),
  GATEWAY_KEY_WEIGHTS: z
    .string()
    .regex(
      /^\s*[1-9]\d{0,2}\s*(,\s*[1-9]\d{0,2}\s*)*$/,
      'must be whole numbers from 1 to 999, one for each key, such as 1,3',
    )
    .transform((text) => text.split(',').map(Number))
    .optional(),
  DEFAULT_PAGE_SIZE: whole(20, 1, 10_000),
  MAX_PAGE_SIZE: whole(100, 1, 10_000),
  OPERATION_TIMEOUT: duration('30s', 100),
  SHUTDOWN_TIMEOUT: duration('30s', 0),
  REDIS_URL: z
    .string()
    .refine(
      (url) => /^rediss?:\/\/[^/\s]+/.test(url) && URL.canParse(url),
      'must be the address of a Redis, such as redis://127.0.0.1:6379',
    )
    .optional(),
  GATEWAY_REPLICAS: whole(4, 1, 1_000),
  CATALOG_WARM: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  CATALOG_MAX_AGE: duration('15m', 0),
  CATALOG_DIR: z.string().optional(),

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
  const problems = result.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? [];
  const keyless = result.data ? result.data.GATEWAY_API_KEYS.length === 0 : given.GATEWAY_API_KEYS === undefined;
  if (!LOOPBACK.test(given.HOST ?? '127.0.0.1') && keyless) {
    problems.push(
      'GATEWAY_API_KEYS is missing: HOST is not a loopback address, so anybody on the network could read the workspace; set keys, or listen on 127.0.0.1',
    );
  }
  if (result.data && result.data.DEFAULT_PAGE_SIZE > result.data.MAX_PAGE_SIZE) {
    problems.push('DEFAULT_PAGE_SIZE must not be larger than MAX_PAGE_SIZE');
  }
  const weights = result.data?.GATEWAY_KEY_WEIGHTS;
  if (weights && weights.length !== result.data?.GATEWAY_API_KEYS.length) {
    problems.push('GATEWAY_KEY_WEIGHTS must hold as many numbers as GATEWAY_API_KEYS holds keys');
  }
  const parts = ['MODE_DISCOVERY_TOKEN', 'MODE_DISCOVERY_ACCESS_KEY', 'MODE_DISCOVERY_ACCESS_SECRET'] as const;
  const absent = parts.filter((part) => given[part] === undefined);
  if (absent.length > 0 && absent.length < parts.length && (given.MODE_DISCOVERY ?? 'auto') === 'auto') {
    problems.push(`${absent.join(', ')} is missing: a signature token has three parts; set all of them, or none`);
  }
  if (problems.length > 0 || !result.data) throw new ConfigError(problems);
  const values = result.data;
  return {
    mode: {
      baseUrl: values.MODE_BASE_URL,
      webUrl: values.MODE_WEB_URL,
      workspace: values.MODE_WORKSPACE,
      token: values.MODE_API_TOKEN,
      secret: values.MODE_API_SECRET,
      rateWindows: values.MODE_RATE_LIMIT,
      discoveryRateWindows: values.MODE_DISCOVERY_RATE_LIMIT,
      concurrency: values.MODE_CONCURRENCY,
      timeoutMs: values.MODE_TIMEOUT,
      discovery: discoveryCredential(values),
    },
    server: {
      host: values.HOST,
      port: values.PORT,
      apiKeys: values.GATEWAY_API_KEYS,
      keyWeights: values.GATEWAY_KEY_WEIGHTS ?? values.GATEWAY_API_KEYS.map(() => 1),
      defaultPageSize: values.DEFAULT_PAGE_SIZE,
      maxPageSize: values.MAX_PAGE_SIZE,
      operationTimeoutMs: values.OPERATION_TIMEOUT,
      drainMs: values.SHUTDOWN_TIMEOUT,
    },
    sharing: { redisUrl: values.REDIS_URL, assumedReplicas: values.GATEWAY_REPLICAS },
    catalog: {
      warm: values.CATALOG_WARM === 'on',
      maxAgeMs: values.CATALOG_MAX_AGE,
      directory: values.CATALOG_DIR === 'off' ? undefined : (values.CATALOG_DIR ?? cacheFolder(given)),
    },
    logLevel: values.LOG_LEVEL,
  };
}

function discoveryCredential(values: z.output<typeof environment>): DiscoveryCredential {
  if (values.MODE_DISCOVERY !== 'auto') return { kind: values.MODE_DISCOVERY };
  const { MODE_DISCOVERY_TOKEN: token, MODE_DISCOVERY_ACCESS_KEY: accessKey } = values;
  const accessSecret = values.MODE_DISCOVERY_ACCESS_SECRET;
  if (token === undefined || accessKey === undefined || accessSecret === undefined) return { kind: 'off' };
  return { kind: 'given', token, accessKey, accessSecret };
}

/** Where the platform keeps what can be made anew; nowhere, when the environment does not say. */
function cacheFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const caches = env.XDG_CACHE_HOME ?? (env.HOME === undefined ? undefined : `${env.HOME}/.cache`);
  return caches === undefined ? undefined : `${caches}/mode-graphql`;
}
