import { readFileSync } from 'node:fs';

interface Manifest {
  readonly version: string;
}

/** Of this package. Its package.json lies beside `src`, and beside `dist` where that is what runs. */
export const VERSION = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Manifest)
  .version;
