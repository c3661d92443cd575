/** Options that several commands have, so that they mean the same everywhere. */
import { InvalidArgumentError, Option } from 'commander';

export interface EnvFileOptions {
  readonly envFile?: string;
}

export interface QuietOptions {
  readonly quiet?: true;
}

export const envFileOption = (): Option =>
  new Option(
    '--env-file <path>',
    'read variables from a file such as .env: what it sets goes before the environment, what it leaves empty does not count',
  );

export const quietOption = (): Option => new Option('-q, --quiet', 'say nothing on standard error but what went wrong');

export const jsonOption = (what: string): Option => new Option('--json', what);

export const portOption = (fallback: string): Option =>
  new Option('-p, --port <number>', `port to listen on; 0 takes any free one (default: ${fallback})`).argParser(
    wholeNumber(65_535),
  );

/** Reads a whole number from 0 to `most`. */
export function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${most}.`);
  };
}
