/**
 * `npm run build`: compiles the sources and builds the explorer. `dist` is whole at all times, also under a gateway that
 * runs on it: the new one is made elsewhere, and takes its place when all of it is there.
 *
 * With `--if-stale` it does so only where `dist` is older than what it is made of. npm runs that after `npm ci` (as
 * `dependencies`) and before `npm pack` (`prepack`). Not as `prepare`: npx in a clone would have it run each time, and npm
 * warns whoever installs the package of a script that only its authors need.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isFresh, STAMP } from './build/fresh.ts';
import { putInPlace } from './build/put-in-place.ts';

const DIST = 'dist';
/** Git, npm and the linters do not look there, and it can be renamed from. */
const NEARBY = 'artifacts';

let running: ChildProcess | undefined;
let isInterrupted = false;

async function run(program: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [join('node_modules', program), ...args], { stdio: 'inherit' });
  running = child;
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done));
  if (isInterrupted) throw new Error('Interrupted: dist is as it was.');
  if (code !== 0) throw new Error(`${program} ended with ${code ?? 'a signal'}.`);
}

async function build(folder: string): Promise<void> {
  const built = join(folder, DIST);
  const startedAt = new Date();
  await run('typescript/bin/tsc', '--project', 'tsconfig.build.json', '--outDir', built);
  await run('vite/bin/vite.js', 'build', 'explorer', '--outDir', resolve(built, 'explorer'));
  utimesSync(join(built, STAMP), startedAt, startedAt);
  putInPlace(built, DIST, join(folder, 'before'));
}

if (!process.argv.includes('--if-stale') || !isFresh()) {
  if (!existsSync(NEARBY)) mkdirSync(NEARBY);
  const folder = mkdtempSync(join(NEARBY, 'build-'));
  // Interrupted, it leaves nothing behind: what runs is ended, and that ends this.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      isInterrupted = true;
      running?.kill(signal);
    });
  }
  try {
    await build(folder);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
