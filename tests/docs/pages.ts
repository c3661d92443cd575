import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is written for people, by its path. */
export const PAGES: ReadonlyMap<string, string> = new Map(
  [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  ].map((path) => [path, readFileSync(path, 'utf8')]),
);

/** What one pattern finds on a page, by its first group. */
export function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, what = '']) => what);
}
