/** Where the gateway listens, and who may ask it. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { JwtOptions } from '../server/callers/jwt-door.ts';
import type { NamedKey } from '../server/callers/key-door.ts';
import { duration, list, oneOf, variable, whole } from './kinds.ts';

export type AuthConfig =
  /** No keys: anybody who can reach the gateway may ask. */
  | { readonly kind: 'keys'; readonly keys: readonly NamedKey[] }
  | ({ readonly kind: 'jwt' } & JwtOptions)
  | { readonly kind: 'pass-through'; readonly believedMs: number };

export interface CallerConfig {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly auth: AuthConfig;
}

/** A caller's key as it is written: its name, and the key or its hash. */
export interface WrittenKey {
  readonly name: string | undefined;
  readonly digest: string;
}

const webAddress = (example: string) =>
  z
    .string()
    .refine((url) => /^https?:\/\/[^\s@]+$/.test(url) && URL.canParse(url), `must be a web address such as ${example}`);

export const callerVariables = {
  HOST: variable(z.string().default('127.0.0.1'), {
    about: 'The address to listen on. One beyond loopback needs `GATEWAY_API_KEYS`, or another `GATEWAY_AUTH`.',
    fallback: '`127.0.0.1`; in the image, `0.0.0.0`',
  }),
  PORT: variable(whole(4000, 0, 65_535), {
    about: 'The port to listen on; `0` takes any free one.',
    fallback: '`4000`',
  }),
  GATEWAY_AUTH: variable(oneOf(['keys', 'jwt', 'pass-through'], 'keys'), {
    about:
      'How callers prove who they are: `keys`, one of the keys below; `jwt`, a token of the issuer below; `pass-through`, their own API key of Mode, as HTTP Basic, which is then used for their questions instead of the gateway’s.',
    fallback: '`keys`',
  }),
  GATEWAY_API_KEYS: variable(
    list()
      .refine(
        (keys) => keys.every((text) => readKey(text) !== undefined),
        'must hold keys of at least 8 characters each',
      )
      .transform((keys) => keys.map(readKey).filter((key) => key !== undefined))
      .refine((keys) => isUnlike(keys.map(({ name }) => name)), 'must not hold a name twice'),
    {
      about:
        'Comma-separated keys of at least 8 characters, each perhaps with a name in front, such as `web:3f…,etl:9c…`; a caller must send one of them, as `Authorization: Bearer …` or `X-API-Key: …`. Instead of a key, its hash: `web:sha256:…`. One way to make a key: `openssl rand -hex 24`; its hash: `printf %s "$KEY" | sha256sum`. Without a name it is called `key-1` and so on, by its place.',
      fallback: 'none; required beyond loopback',
      secret: true,
    },
  ),
  GATEWAY_KEY_WEIGHTS: variable(
    list()
      .refine(
        (parts) => parts.every((part) => WEIGHT.test(part)),
        'must be names with whole numbers from 1 to 999, such as web:3,etl:1',
      )
      .transform((parts) => new Map(parts.map((part) => [part.split(':')[0] ?? '', Number(part.split(':')[1])]))),
    {
      about: 'Turns that the callers of a key get at Mode’s limit, by the key’s name, such as `web:3,etl:1`.',
      fallback: '1 for each',
    },
  ),
  GATEWAY_JWT_ISSUER: variable(webAddress('https://login.example.com/').optional(), {
    about: 'With `GATEWAY_AUTH=jwt`: who must have issued a token, its `iss`. A token needs `exp` and `sub` too.',
    fallback: 'none',
  }),
  GATEWAY_JWT_AUDIENCE: variable(z.string().optional(), {
    about: 'With `GATEWAY_AUTH=jwt`: for whom a token must have been made, its `aud`.',
    fallback: 'none',
  }),
  GATEWAY_JWKS_URL: variable(webAddress('https://login.example.com/.well-known/jwks.json').optional(), {
    about: 'With `GATEWAY_AUTH=jwt`: where the issuer’s public keys are.',
    fallback: '`.well-known/jwks.json` at the issuer',
  }),
  CREDENTIAL_MAX_AGE: variable(duration('1m', 1_000), {
    about:
      'With `GATEWAY_AUTH=pass-through`: how long it is believed that a caller’s API key is good, and which collections it may see. Somebody who loses either is served at most this much longer.',
    fallback: '`1m`',
  }),
};

const NAME = '[A-Za-z][\\w.-]{0,63}';
const WEIGHT = new RegExp(`^${NAME}:[1-9]\\d{0,2}$`);
const SHORTEST_KEY = 8;

/** Undefined when it cannot be a key. */
function readKey(text: string): WrittenKey | undefined {
  const named = new RegExp(`^(?!sha256:)(${NAME}):(.*)$`, 's').exec(text);
  const [name, key] = named ? [named[1], named[2] ?? ''] : [undefined, text];
  if (key.startsWith('sha256:')) {
    const digest = key.slice('sha256:'.length).toLowerCase();
    return /^[0-9a-f]{64}$/.test(digest) ? { name, digest } : undefined;
  }
  if (key.length < SHORTEST_KEY) return undefined;
  return { name, digest: createHash('sha256').update(key).digest('hex') };
}

function isUnlike(names: readonly (string | undefined)[]): boolean {
  const given = names.filter((name) => name !== undefined);
  return new Set(given).size === given.length;
}

type Values = z.output<z.ZodObject<typeof callerVariables>>;

export function callerConfig(values: Values): CallerConfig {
  return { host: values.HOST, port: values.PORT, auth: authConfig(values) };
}

function authConfig(values: Values): AuthConfig {
  if (values.GATEWAY_AUTH === 'pass-through') return { kind: 'pass-through', believedMs: values.CREDENTIAL_MAX_AGE };
  if (values.GATEWAY_AUTH === 'keys') {
    const named = values.GATEWAY_API_KEYS.map(({ name, digest }, place) => ({
      name: name ?? `key-${place + 1}`,
      digest,
    }));
    const weightOf = (name: string): number => values.GATEWAY_KEY_WEIGHTS.get(name) ?? 1;
    return { kind: 'keys', keys: named.map((key) => ({ ...key, weight: weightOf(key.name) })) };
  }
  const { GATEWAY_JWT_ISSUER: issuer = '', GATEWAY_JWT_AUDIENCE: audience = '' } = values;
  const jwksUrl = values.GATEWAY_JWKS_URL ?? `${issuer.replace(/\/+$/, '')}/.well-known/jwks.json`;
  return { kind: 'jwt', issuer, audience, jwksUrl };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/** What is wrong with the variables together; `values` is undefined when one of them cannot be read. */
export function callerProblems(
  given: Readonly<Record<string, string | undefined>>,
  values: Values | undefined,
): string[] {
  const problems: string[] = [];
  const auth = given.GATEWAY_AUTH ?? 'keys';
  const keyless = values ? values.GATEWAY_API_KEYS.length === 0 : given.GATEWAY_API_KEYS === undefined;
  if (!LOOPBACK.test(given.HOST ?? '127.0.0.1') && keyless && auth === 'keys') {
    problems.push(
      'GATEWAY_API_KEYS is missing: HOST is not a loopback address, so anybody on the network could read the workspace; set keys, or listen on 127.0.0.1',
    );
  }
  if (!keyless && auth !== 'keys') {
    problems.push(`GATEWAY_API_KEYS would let nobody in: GATEWAY_AUTH is ${auth}; remove one of them`);
  }
  if (auth === 'jwt') {
    if (given.GATEWAY_JWT_ISSUER === undefined)
      problems.push('GATEWAY_JWT_ISSUER is missing: set it to the issuer of tokens, their iss');
    if (given.GATEWAY_JWT_AUDIENCE === undefined) {
      problems.push(
        'GATEWAY_JWT_AUDIENCE is missing: without it, tokens made for any other service would open this one',
      );
    }
  }
  const names = values?.GATEWAY_API_KEYS.map(({ name }, place) => name ?? `key-${place + 1}`) ?? [];
  const unknown = [...(values?.GATEWAY_KEY_WEIGHTS.keys() ?? [])].filter((name) => !names.includes(name));
  if (unknown.length > 0) problems.push('GATEWAY_KEY_WEIGHTS names a key that GATEWAY_API_KEYS does not');
  return problems;
}
