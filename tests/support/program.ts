import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from './command.ts';

/** A command of one of the project's packages. */
export const bin = (name: string): string => join(PROJECT, 'node_modules/.bin', name);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly ended: Promise<Ended>;
  /** The first match in what it says on either stream. Rejects when it ends, or time does, without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** To it and all that it has started. */
  signal(name: NodeJS.Signals): void;
}

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Less than a test may take, so that what hangs fails with what it had said by then. */
const PATIENCE_MS = 100_000;

export function start(
  command: string,
  args: readonly string[],
  { cwd = PROJECT, env = {} }: StartOptions = {},
): Started {
  // Jest's own variables would tell what is started that it is under test, npm's that it is part of another script.
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|JEST_|NODE_ENV$|INIT_CWD$)/.test(name));
  const child = spawn(command, args, {
    cwd,
    env: { ...Object.fromEntries(own), NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    ended,
    says: async (pattern) => {
      const deadline = performance.now() + PATIENCE_MS;
      for (;;) {
        const hasEnded = child.exitCode !== null || child.signalCode !== null;
        const found = pattern.exec(stdout + stderr);
        if (found) return found;
        if (hasEnded || performance.now() > deadline) {
          const how = hasEnded ? 'ended' : 'still runs';
          throw new Error(`${how} without saying ${String(pattern)}: ${stdout}${stderr}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    signal: (name) => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, name);
    },
  };
}

export function succeed(ended: Ended): Ended {
  if (ended.code !== 0) throw new Error(`it ended with ${String(ended.code)}: ${ended.stdout}${ended.stderr}`);
  return ended;
}
