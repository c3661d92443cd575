/** The catalog: the gateway's copy of what Discovery lists. */
import * as z from 'zod';
import { duration, flag, variable } from './kinds.ts';

export interface CatalogConfig {
  readonly warm: boolean;
  readonly maxAgeMs: number;
  /** Undefined: it does not outlive the process. */
  readonly directory: string | undefined;
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
};

type Values = z.output<z.ZodObject<typeof catalogVariables>>;

export function catalogConfig(values: Values, given: Readonly<Record<string, string | undefined>>): CatalogConfig {
  return {
    warm: values.CATALOG_WARM,
    maxAgeMs: values.CATALOG_MAX_AGE,
    directory: values.CATALOG_DIR === 'off' ? undefined : (values.CATALOG_DIR ?? cacheFolder(given)),
  };
}

/** Where the platform keeps what can be made anew; nowhere, when the environment does not say. */
function cacheFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const caches = env.XDG_CACHE_HOME ?? (env.HOME === undefined ? undefined : `${env.HOME}/.cache`);
  return caches === undefined ? undefined : `${caches}/mode-graphql`;
}
