/** How Mode is reached, with what, and how often. */
import * as z from 'zod';
import type { RateWindow } from '../throttle/rate-window.ts';
import { copied, duration, oneOf, origin, readRateWindows, required, variable, whole } from './kinds.ts';

export type DiscoveryCredential =
  | { readonly kind: 'off' }
  | { readonly kind: 'mint' }
  | { readonly kind: 'given'; readonly token: string; readonly accessKey: string; readonly accessSecret: string };

export interface ModeConfig {
  readonly baseUrl: string;
  readonly webUrl: string;
  readonly workspace: string;
  /** The gateway's own API key; undefined when callers bring theirs. */
  readonly credential: { readonly token: string; readonly secret: string } | undefined;
  readonly rateWindows: readonly RateWindow[];
  /** Undefined: Discovery's calls count with REST's, as is assumed as long as nobody has found out. */
  readonly discoveryRateWindows: readonly RateWindow[] | undefined;
  readonly concurrency: number;
  readonly discovery: DiscoveryCredential;
  /** For one attempt, waiting for the throttle not counted. */
  readonly timeoutMs: number;
}

export const modeVariables = {
  MODE_WORKSPACE: variable(
    required('set it to the workspace’s username, as in app.mode.com/{workspace}').regex(
      /^(?!\.{1,2}$)[\w.-]{1,100}$/,
      'must be the workspace’s username alone, as in app.mode.com/{workspace}: not an address, and not the name that people see',
    ),
    { about: 'The workspace’s username, as in app.mode.com/{workspace}.', fallback: 'required' },
  ),
  MODE_API_TOKEN: variable(
    copied(required('set it to the token of an API key (Mode: Workspace Settings, API Keys)')).refine(
      (token) => !token.includes(':'),
      'must be the token alone: what stands behind the colon belongs in MODE_API_SECRET',
    ),
    {
      about: 'Token of an API key (Mode: Workspace Settings, API Keys). Not used with `GATEWAY_AUTH=pass-through`.',
      fallback: 'required, but for pass-through',
      secret: true,
    },
  ),
  MODE_API_SECRET: variable(copied(required('set it to the password that belongs to MODE_API_TOKEN')), {
    about: 'Password of the same key.',
    fallback: 'required, but for pass-through',
    secret: true,
  }),
  MODE_BASE_URL: variable(origin('https://app.mode.com'), {
    about: 'Origin of Mode’s APIs.',
    fallback: '`https://app.mode.com`',
  }),
  MODE_WEB_URL: variable(origin('https://app.mode.com'), {
    about: 'Where people open Mode; web links in answers start with it.',
    fallback: '`https://app.mode.com`',
  }),
  MODE_RATE_LIMIT: variable(
    z
      .string()
      .default('40/10s')
      .transform((text, context) => readRateWindows(text, context)),
    {
      about: 'How many calls Mode allows: one or more sliding windows, such as `40/10s,200/60s`.',
      fallback: '`40/10s`',
    },
  ),
  MODE_DISCOVERY_RATE_LIMIT: variable(
    z
      .string()
      .default('shared')
      .transform((text, context) => (text === 'shared' ? undefined : readRateWindows(text, context, 'shared, or '))),
    {
      about:
        'The windows of Discovery’s calls, where they count apart from REST’s; `shared`: they count together, as is assumed as long as nobody has found out.',
      fallback: '`shared`',
    },
  ),
  MODE_CONCURRENCY: variable(whole(4, 1, 1_000), {
    about: 'Calls under way at once, at the most; a refusal halves it, answers raise it again slowly.',
    fallback: '`4`',
  }),
  MODE_TIMEOUT: variable(duration('30s', 1), {
    about: 'How long one attempt of a call may take; waiting for the rate limit does not count.',
    fallback: '`30s`',
  }),
  MODE_DISCOVERY: variable(oneOf(['off', 'auto', 'mint'], 'auto'), {
    about:
      'Discovery, which lists a whole workspace in bulk: `off`; `auto`, which uses the signature token below if it is set; or `mint`, which makes a short-lived one with the API key, which must be an admin’s, renews it and deletes it at shutdown.',
    fallback: '`auto`',
  }),
  MODE_DISCOVERY_TOKEN: variable(copied(z.string()).optional(), {
    about: 'Token of a signature token.',
    fallback: 'none',
    secret: true,
  }),
  MODE_DISCOVERY_ACCESS_KEY: variable(copied(z.string()).optional(), {
    about: 'Its access key.',
    fallback: 'none',
    secret: true,
  }),
  MODE_DISCOVERY_ACCESS_SECRET: variable(copied(z.string()).optional(), {
    about: 'Its access secret.',
    fallback: 'none',
    secret: true,
  }),
};

/** The same where callers bring their own API keys, and the gateway has none. */
export const modeVariablesWithoutKey = {
  ...modeVariables,
  MODE_API_TOKEN: z.undefined().catch(undefined),
  MODE_API_SECRET: z.undefined().catch(undefined),
};

type Values = z.output<z.ZodObject<typeof modeVariables>> | z.output<z.ZodObject<typeof modeVariablesWithoutKey>>;

export function modeConfig(values: Values): ModeConfig {
  return {
    baseUrl: values.MODE_BASE_URL,
    webUrl: values.MODE_WEB_URL,
    workspace: values.MODE_WORKSPACE,
    credential:
      values.MODE_API_TOKEN === undefined
        ? undefined
        : { token: values.MODE_API_TOKEN, secret: values.MODE_API_SECRET },
    rateWindows: values.MODE_RATE_LIMIT,
    discoveryRateWindows: values.MODE_DISCOVERY_RATE_LIMIT,
    concurrency: values.MODE_CONCURRENCY,
    timeoutMs: values.MODE_TIMEOUT,
    discovery: discoveryCredential(values),
  };
}

function discoveryCredential(values: Values): DiscoveryCredential {
  if (values.MODE_DISCOVERY !== 'auto') return { kind: values.MODE_DISCOVERY };
  const { MODE_DISCOVERY_TOKEN: token, MODE_DISCOVERY_ACCESS_KEY: accessKey } = values;
  const accessSecret = values.MODE_DISCOVERY_ACCESS_SECRET;
  if (token === undefined || accessKey === undefined || accessSecret === undefined) return { kind: 'off' };
  return { kind: 'given', token, accessKey, accessSecret };
}

/** What is wrong with the variables together, whether or not each of them can be read. */
export function modeProblems(given: Readonly<Record<string, string | undefined>>): string[] {
  if (given.GATEWAY_AUTH === 'pass-through' && given.MODE_DISCOVERY === 'mint') {
    return [
      'MODE_DISCOVERY must not be mint with GATEWAY_AUTH=pass-through, where the gateway has no key to mint with; set a signature token',
    ];
  }
  const parts = ['MODE_DISCOVERY_TOKEN', 'MODE_DISCOVERY_ACCESS_KEY', 'MODE_DISCOVERY_ACCESS_SECRET'] as const;
  const absent = parts.filter((part) => given[part] === undefined);
  if (absent.length === 0 || absent.length === parts.length || (given.MODE_DISCOVERY ?? 'auto') !== 'auto') return [];
  return [`${absent.join(', ')} is missing: a signature token has three parts; set all of them, or none`];
}
