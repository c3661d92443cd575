/** Where the gateway listens, and who may ask it. */
import * as z from 'zod';
import { list, variable, whole } from './kinds.ts';

export interface CallerConfig {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly apiKeys: readonly string[];
  /** One for each key, in their order: turns its callers get for each turn of a key of weight 1. */
  readonly keyWeights: readonly number[];
}

export const callerVariables = {
  HOST: variable(z.string().default('127.0.0.1'), {
    about: 'The address to listen on. One beyond loopback needs `GATEWAY_API_KEYS`.',
    fallback: '`127.0.0.1`; in the image, `0.0.0.0`',
  }),
  PORT: variable(whole(4000, 0, 65_535), {
    about: 'The port to listen on; `0` takes any free one.',
    fallback: '`4000`',
  }),
  GATEWAY_AUTH: variable(
    z.literal('keys', { error: 'must be "keys"; this version knows no other way' }).default('keys'),
    { about: 'How callers prove who they are; `keys` is the only way.', fallback: '`keys`' },
  ),
  GATEWAY_API_KEYS: variable(
    list().refine((keys) => keys.every((key) => key.length >= 8), 'must hold keys of at least 8 characters each'),
    {
      about:
        'Comma-separated, at least 8 characters each; a caller must send one of them, as `Authorization: Bearer …` or `X-API-Key: …`. One way to make one: `openssl rand -hex 24`.',
      fallback: 'none; required beyond loopback',
      secret: true,
    },
  ),
  GATEWAY_KEY_WEIGHTS: variable(
    z
      .string()
      .regex(
        /^\s*[1-9]\d{0,2}\s*(,\s*[1-9]\d{0,2}\s*)*$/,
        'must be whole numbers from 1 to 999, one for each key, such as 1,3',
      )
      .transform((text) => text.split(',').map(Number))
      .optional(),
    {
      about: 'One number for each key, in their order: turns its callers get at Mode’s limit, such as `1,3`.',
      fallback: '1 for each',
    },
  ),
};

type Values = z.output<z.ZodObject<typeof callerVariables>>;

export function callerConfig(values: Values): CallerConfig {
  return {
    host: values.HOST,
    port: values.PORT,
    apiKeys: values.GATEWAY_API_KEYS,
    keyWeights: values.GATEWAY_KEY_WEIGHTS ?? values.GATEWAY_API_KEYS.map(() => 1),
  };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/** What is wrong with the variables together; `values` is undefined when one of them cannot be read. */
export function callerProblems(
  given: Readonly<Record<string, string | undefined>>,
  values: Values | undefined,
): string[] {
  const problems: string[] = [];
  const keyless = values ? values.GATEWAY_API_KEYS.length === 0 : given.GATEWAY_API_KEYS === undefined;
  if (!LOOPBACK.test(given.HOST ?? '127.0.0.1') && keyless) {
    problems.push(
      'GATEWAY_API_KEYS is missing: HOST is not a loopback address, so anybody on the network could read the workspace; set keys, or listen on 127.0.0.1',
    );
  }
  const weights = values?.GATEWAY_KEY_WEIGHTS;
  if (weights && weights.length !== values.GATEWAY_API_KEYS.length) {
    problems.push('GATEWAY_KEY_WEIGHTS must hold as many numbers as GATEWAY_API_KEYS holds keys');
  }
  return problems;
}
