import { readFileSync } from 'node:fs';
import { ConfigError } from './config/config.ts';
import type { WebConfig } from './config/web-variables.ts';
import { schema } from './schema/schema.ts';
import {
  createPersistedOperations,
  type PersistedOperations,
} from './server/persisted-operations/persisted-operations.ts';
import { ManifestError } from './server/persisted-operations/read-manifest.ts';

/**
 * The operations of the file that PERSISTED_OPERATIONS names, if it names one.
 *
 * @throws {ConfigError} when the file cannot be read, or holds what this gateway cannot answer
 */
export function readPersistedOperations({ persistedOperations: path }: WebConfig): PersistedOperations | undefined {
  if (path === undefined) return undefined;
  try {
    return createPersistedOperations(readFile(path), schema);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    throw new ConfigError(error.problems.map((problem) => `PERSISTED_OPERATIONS ${problem}`));
  }
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'it failed';
    throw new ConfigError([`PERSISTED_OPERATIONS names a file that cannot be read (${code})`]);
  }
}
