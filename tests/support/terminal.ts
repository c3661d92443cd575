import { spawn, spawnSync } from 'node:child_process';
import { PROJECT } from './command.ts';
import { MODE_GRAPHQL } from './mode-graphql.ts';
import { lookForSecrets } from './secret-watch.ts';

/** From util-linux: runs a command in a pseudo terminal. */
const isInstalled = spawnSync('script', ['--version']).status === 0;

/** `describe` for what needs a terminal. Where none can be made it is skipped, but never in CI. */
export function describeInTerminal(name: string, suite: () => void): void {
  if (isInstalled || process.env.CI) describe(name, suite);
  else describe.skip(`${name} (skipped: there is no "script" of util-linux on this machine)`, suite);
}

export interface Shown {
  readonly code: number | null;
  /** What came to the terminal, as it came, on either stream. */
  readonly screen: string;
}

/** Runs `mode-graphql` in a terminal so many columns wide. `shell` follows its arguments, such as `2> file`. */
export async function runInTerminal(
  args: readonly string[],
  { env = {}, columns = 100, shell = '' }: { env?: Readonly<Record<string, string>>; columns?: number; shell?: string },
): Promise<Shown> {
  const quoted = [process.execPath, MODE_GRAPHQL, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  const line = `stty cols ${columns} rows 40; exec ${quoted.join(' ')} ${shell}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let screen = '';
  child.stdout.on('data', (data: Buffer) => (screen += data.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  lookForSecrets('a terminal', screen);
  return { code, screen };
}

/** What escape sequences draw, such as colours and a bar. */
// eslint-disable-next-line no-control-regex
export const DRAWN = /\u001b/;
