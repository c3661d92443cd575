import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What `dist` is made of. */
const SOURCES = ['src', 'explorer', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const EXPLORER = join('explorer', 'page.json');

/** The file of a build whose time is when the build began: what was changed while it ran may not be in it. */
export const STAMP = 'index.js';

/** Whether `dist` is whole, newer than all that it is made of, and holds nothing that it would not be given again. */
export function isFresh(root = '.'): boolean {
  const dist = join(root, 'dist');
  if (!existsSync(join(dist, STAMP)) || !existsSync(join(dist, EXPLORER))) return false;
  const changedAt = Math.max(...SOURCES.map((path) => newestIn(join(root, path))));
  return statSync(join(dist, STAMP)).mtimeMs > changedAt && holdsWhatIsCompiled(dist, join(root, 'src'));
}

/** Folders count: theirs is the time at which something in them was removed. */
function newestIn(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

function holdsWhatIsCompiled(dist: string, src: string): boolean {
  const compiled = filesOf(src).flatMap((path) => {
    const name = path.replace(/\.ts$/, '');
    return [`${name}.js`, `${name}.d.ts`];
  });
  const held = filesOf(dist).filter((path) => !path.startsWith('explorer'));
  return held.length === compiled.length && new Set([...held, ...compiled]).size === compiled.length;
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
