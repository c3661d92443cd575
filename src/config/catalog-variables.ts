/** The catalog: the gateway's copy of what Discovery lists. */
import * as z from 'zod';
import { duration, flag, size, variable } from './kinds.ts';

export interface CatalogConfig {
  readonly warm: boolean;
  readonly maxAgeMs: number;
  /** Undefined: it does not outlive the process. */
  readonly directory: string | undefined;
  /** Replicas find in Redis what another has read, where there is a Redis. */
  readonly isShared: boolean;
  /** Memory for answers that are given again as long as no list has changed. */
  readonly answerBytes: number;
}

export const catalogVariables = {
  CATALOG_WARM: variable(flag('on'), {
    about: '`on` reads the catalog at start, behind whoever asks; `off` waits for the first question that needs it.',
    fallback: '`on`',
  }),
  CATALOG_MAX_AGE: variable(duration('15m', 0), {
    about: 'Older than this, a list is still served, and read anew behind the answer.',
    fallback: '`15m`',
  }),
  CATALOG_DIR: variable(z.string().optional(), {
    about:
      'Where it outlives the process; `off`: nowhere. It holds SQL and e-mail addresses and is readable by its user alone.',
    fallback: 'a folder in the user’s cache; in the image, a volume',
  }),
  CATALOG_SHARED: variable(flag('on'), {
    about:
      'With `REDIS_URL`: `on` keeps the catalog in Redis too, where gateways of the same API key take it up instead of each reading it; `off` keeps SQL and e-mail addresses out of Redis, which then holds counts alone.',
    fallback: '`on`',
  }),
  ANSWER_CACHE_SIZE: variable(size('64MB', 0, 4_096 * 1_048_576), {
    about:
      'Memory for answers that were made of the catalog alone: asked again, they are given again, until a list is read anew. `0MB` keeps none.',
    fallback: '`64MB`',
  }),
};

type Values = z.output<z.ZodObject<typeof catalogVariables>>;

export function catalogConfig(values: Values, given: Readonly<Record<string, string | undefined>>): CatalogConfig {
  return {
    warm: values.CATALOG_WARM,
    maxAgeMs: values.CATALOG_MAX_AGE,
    directory: values.CATALOG_DIR === 'off' ? undefined : (values.CATALOG_DIR ?? cacheFolder(given)),
    isShared: values.CATALOG_SHARED,
    answerBytes: values.ANSWER_CACHE_SIZE,
  };
}

/** Where the platform keeps what can be made anew; nowhere, when the environment does not say. */
function cacheFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const caches = env.XDG_CACHE_HOME ?? (env.HOME === undefined ? undefined : `${env.HOME}/.cache`);
  return caches === undefined ? undefined : `${caches}/mode-graphql`;
}
