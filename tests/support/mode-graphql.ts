import { join } from 'node:path';
import { isFresh } from '../../scripts/build/fresh.ts';

/**
 * The script of `mode-graphql`: the built one, as it is installed, where there is one of just these sources, as in CI, for
 * it starts in half of the time; else the sources.
 */
export const MODE_GRAPHQL: string = join(process.cwd(), 'bin', isFresh() ? 'mode-graphql.cjs' : 'from-source.cjs');
