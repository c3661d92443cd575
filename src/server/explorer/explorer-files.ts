import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** Encodings that a file may lie there in, by what its name then ends with; the smallest first. */
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

export type Encoding = (typeof ENCODINGS)[number]['name'];

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** A file that the page loads. */
export interface ExplorerFile {
  readonly type: string;
  /** Where its content lies. */
  readonly plain: URL;
  /** Where it lies compressed. */
  readonly encoded: ReadonlyMap<Encoding, URL>;
}

/** What the page loads first, by the names of its files; `explorer/build/page-in-file.ts` writes it. */
export interface ExplorerPageFiles {
  readonly script: string;
  readonly styles: readonly string[];
  /** Modules that the script is known to ask for. */
  readonly preloads: readonly string[];
  readonly icon: string;
}

export interface Explorer {
  readonly page: ExplorerPageFiles;
  /** By name. Their names hold a hash of what is in them. */
  readonly files: ReadonlyMap<string, ExplorerFile>;
}

/** Where `npm run build` puts it: beside what is compiled, as seen from there and from the sources alike. */
export const EXPLORER_FOLDER = new URL('../../../dist/explorer/', import.meta.url);

/**
 * Lists what there is of the explorer. Nothing that is not in the list is ever opened, whatever an address says.
 *
 * @returns undefined when it has not been built
 */
export function findExplorer(folder: URL): Explorer | undefined {
  const pageFile = new URL('page.json', folder);
  if (!existsSync(pageFile)) return undefined;
  const page = JSON.parse(readFileSync(pageFile, 'utf8')) as ExplorerPageFiles;
  const assets = new URL('assets/', folder);
  const names = new Set(readdirSync(assets));
  const encodedOf = (name: string): Map<Encoding, URL> => {
    const there = ENCODINGS.filter(({ ending }) => names.has(name + ending));
    return new Map(there.map((encoding) => [encoding.name, new URL(name + encoding.ending, assets)]));
  };
  const files = [...names].flatMap((name) => {
    const type = TYPES[extname(name)];
    if (type === undefined) return [];
    return [[name, { type, plain: new URL(name, assets), encoded: encodedOf(name) }] as const];
  });
  return { page, files: new Map(files) };
}
