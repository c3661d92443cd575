import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { fileFailure } from './file-failure.ts';
import type { EnvFileOptions } from './shared-options.ts';
import { UsageError } from './usage-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The process's environment, and what `--env-file` sets, which goes before it: somebody named that file just now. What
 * the file leaves empty does not count, as in .env.example.
 *
 * @throws {UsageError} when the file cannot be read
 */
export async function readEnvironment(
  { envFile }: EnvFileOptions,
  env: Environment = process.env,
): Promise<Environment> {
  if (envFile === undefined) return env;
  const text = await readFile(envFile, 'utf8').catch((error: unknown) => {
    throw new UsageError(`--env-file: ${envFile} ${fileFailure(error)}`);
  });
  const set = Object.entries(parseEnv(text)).filter(([, value]) => value !== '');
  return { ...env, ...Object.fromEntries(set) };
}
