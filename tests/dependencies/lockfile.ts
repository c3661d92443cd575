import { readFileSync } from 'node:fs';

export interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  readonly lockfileVersion: number;
  /** By path below the project; the project itself is at the empty path. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile;

/** `node_modules/a/node_modules/@b/c` -> `@b/c` */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Paths of all packages that the project needs when it runs, found as Node finds them: by climbing from who asks. */
export function productionPaths(): Set<string> {
  const needed = new Set<string>();
  const visit = (from: string): void => {
    const { dependencies, optionalDependencies, peerDependencies } = lockfile.packages[from] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const path = find(name, from);
      if (path === undefined || needed.has(path)) continue;
      needed.add(path);
      visit(path);
    }
  };
  visit('');
  return needed;
}

/** Undefined for what is optional and not there. */
function find(name: string, from: string): string | undefined {
  const path = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (lockfile.packages[path]) return path;
  if (from === '') return undefined;
  return find(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))));
}
