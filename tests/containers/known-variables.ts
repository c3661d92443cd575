import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** The variables that `readConfig` reads: the keys of its schema, as the source writes them. */
export function knownVariables(): string[] {
  const source = readFileSync(join(ROOT, 'src/config.ts'), 'utf8');
  const names = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name ?? '');
  if (names.length === 0) throw new Error('src/config.ts has no schema of variables where one is looked for');
  return names;
}
