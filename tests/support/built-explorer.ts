import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = 'explorer';
const BUILT = join('dist', 'explorer', 'page.json');

/** `npm ci` has built the explorer; who has changed it since must build it again, or tests would look at the old one. */
export function needBuiltExplorer(): void {
  const changedAt = Math.max(...filesIn(SOURCES).map((path) => statSync(path).mtimeMs));
  const builtAt = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (builtAt < changedAt) {
    throw new Error('dist/explorer is not there, or older than explorer/: run "npm run build:explorer".');
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
