import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findingsOf, type Finding } from './finding.ts';

const { ok, warning, problem } = findingsOf('catalog folder');

/**
 * Whether the catalog can be stored, and who else may read what is. Tries it: rights alone do not tell of a file
 * system that is mounted read-only or full. Leaves nothing behind, not even a folder it had to make.
 *
 * @param discovery whether there will be a catalog
 */
export async function checkCatalogFolder(directory: string | undefined, discovery: boolean): Promise<Finding[]> {
  if (!discovery) return [ok('None is needed without Discovery.')];
  if (directory === undefined) {
    return [
      warning(
        'The catalog is stored nowhere: each start reads all of it again.',
        'Set CATALOG_DIR to a folder that outlives the process.',
      ),
    ];
  }
  try {
    await tryWriting(directory);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
    return [
      problem(
        `${directory} cannot be written to (${code}): each start would read the whole catalog again.`,
        'Let the user of this process write there, set CATALOG_DIR to another folder, or to "off".',
      ),
    ];
  }
  const open = await openToOthers(directory);
  if (open === undefined) return [ok(`${directory} can be written to, and is this user’s alone.`)];
  return [
    warning(
      `Other users of this machine can read ${open}, and with it SQL and e-mail addresses.`,
      `chmod -R go= ${directory}`,
    ),
  ];
}

async function tryWriting(directory: string): Promise<void> {
  const made = await mkdir(directory, { recursive: true, mode: 0o700 });
  try {
    const probe = join(directory, `doctor-${randomUUID()}`);
    await writeFile(probe, 'x', { mode: 0o600 });
    await rm(probe);
  } finally {
    // Only as long as they are empty: a gateway may have begun to use them.
    for (let each = directory; made !== undefined; each = dirname(each)) {
      const isGone = await rmdir(each).then(
        () => true,
        () => false,
      );
      if (!isGone || each === made || each === dirname(each)) break;
    }
  }
}

/** The folder or the first of its files that others may read. Files in a folder that is closed to them are, too. */
async function openToOthers(directory: string): Promise<string | undefined> {
  const mode = await modeOf(directory);
  if (mode === undefined || (mode & 0o011) === 0) return undefined;
  for (const name of await readdir(directory)) {
    if (!name.includes('.catalog')) continue;
    const file = join(directory, name);
    if (((await modeOf(file)) ?? 0) & 0o044) return file;
  }
  return undefined;
}

async function modeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mode }) => mode,
    () => undefined,
  );
}
