/** The package as it would be published, packed in a folder of its own: nothing here writes into the project. */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isFresh } from '../../scripts/build/fresh.ts';
import { PROJECT } from '../support/command.ts';
import { start, succeed } from '../support/program.ts';

export interface Packed {
  /** For the test to remove. */
  readonly folder: string;
  readonly tarball: string;
  /** Bytes, packed. */
  readonly size: number;
  /** Paths in it. */
  readonly files: readonly string[];
  /** What it holds, unpacked. */
  readonly contents: string;
}

/** What a build needs nothing of, or makes itself. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'artifacts', 'coverage', 'tests', 'bench', 'docs', 'examples']);

export async function pack(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'mode-graphql-'));
  const copy = join(folder, 'project');
  // Building takes longest of all.
  const isBuilt = isFresh();
  await cp(PROJECT, copy, {
    recursive: true,
    filter: (path) => !LEFT_OUT.has(basename(path)) && (isBuilt || path !== join(PROJECT, 'dist')),
  });
  await symlink(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
  if (!isBuilt) succeed(await start('npm', ['run', 'build'], { cwd: copy }).ended);
  // What is in it is known by now: "prepack" would build it once more.
  const { stdout } = succeed(await start('npm', ['pack', '--ignore-scripts', '--json'], { cwd: copy }).ended);
  const [{ filename, size, files }] = JSON.parse(stdout) as [
    { readonly filename: string; readonly size: number; readonly files: readonly { readonly path: string }[] },
  ];
  const tarball = join(copy, filename);
  succeed(await start('tar', ['-xzf', tarball, '-C', folder]).ended);
  return { folder, tarball, size, files: files.map(({ path }) => path), contents: join(folder, 'package') };
}

/** Whether npm can be asked for packages. */
export function hasRegistry(): boolean {
  const args = ['view', 'zod', 'version', '--fetch-retries=0', '--fetch-timeout=10000'];
  return spawnSync('npm', args, { cwd: tmpdir(), stdio: 'ignore' }).status === 0;
}
