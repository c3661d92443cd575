import { spawn, type ChildProcess } from 'node:child_process';
import { MODE_GRAPHQL } from './mode-graphql.ts';
import { watchSecrets } from './secret-watch.ts';

/** Where jest was started: the package's folder. */
export const PROJECT = process.cwd();

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** @default the project's folder */
  readonly cwd?: string;
  /** What Node.js is started with before the arguments. @default the command itself */
  readonly script?: readonly string[];
  /** What it reads on standard input. @default nothing */
  readonly stdin?: string;
}

/** Less than a test may take, so that what hangs fails with what it had said by then. */
const PATIENCE_MS = 100_000;

/** `mode-graphql`, or another script, in a process of its own that sees no variables but those given. */
export class Command {
  readonly #child: ChildProcess;
  stdout = '';
  stderr = '';
  readonly exit: Promise<number | null>;

  constructor(
    args: readonly string[],
    { env = {}, cwd = PROJECT, script = [MODE_GRAPHQL], stdin }: CommandOptions = {},
  ) {
    this.#child = spawn(process.execPath, [...script, ...args], {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
      stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    this.#child.stdin?.end(stdin);
    this.#child.stdout?.on('data', (data: Buffer) => (this.stdout += data.toString('utf8')));
    this.#child.stderr?.on('data', (data: Buffer) => (this.stderr += data.toString('utf8')));
    const watch = watchSecrets(env);
    this.exit = new Promise((resolve) => this.#child.once('close', resolve));
    void this.exit.then(() => {
      watch.look('what a process said', this.stdout + this.stderr);
    });
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** The first match in what it has said on either stream. Rejects when it ends, or time does, without it. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const ended = this.#child.exitCode !== null || this.#child.signalCode !== null;
      if (ended) await this.exit;
      const found = pattern.exec(this.stdout + this.stderr);
      if (found) return found;
      const isLate = performance.now() > deadline;
      if (ended || isLate)
        throw new Error(
          `${ended ? 'ended' : 'still runs'} without saying ${String(pattern)}: ${this.stdout}${this.stderr}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Runs a command to its end. */
export async function run(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const command = new Command(args, options);
  const code = await command.exit;
  return { code, stdout: command.stdout, stderr: command.stderr };
}
