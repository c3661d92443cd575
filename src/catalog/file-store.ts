import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogListName } from './catalog-lists.ts';
import type { DatedStore, StoredList } from './catalog-store.ts';
import { removeAbandonedDrafts } from './abandoned-drafts.ts';
import { readConfirmation, textOfConfirmation } from './confirmation.ts';
import { sha256OfEnd, UnfitFileError } from './list-file.ts';
import type { ListFacts } from './list-snapshot.ts';
import { headerOf, listOf, piecesOf } from './stored-list.ts';

export interface FileStoreOptions {
  /** Made when it is not there, readable by this user alone: snapshots hold SQL and e-mail addresses. */
  readonly directory: string;
  /** Whose catalog this is, such as Mode's origin and the workspace; another owner's file is foreign. */
  readonly owner: string;
  /** Told once for each file that had to be set aside. */
  warn(message: string): void;
}

/** Bytes that are read at a time, and of a file whose beginning alone is looked at. */
const PIECE = 1_048_576;
const BEGINNING = 4_096;

/** More than the last line of a list's file takes. */
const END = 512;

/**
 * One file for each list (`list-file.ts`), written beside and renamed, so that a crash leaves the old one whole. A file that is
 * damaged, of another version or another workspace is renamed to `*.set-aside`. A list that was read again and found as it is stored
 * is confirmed in a small file of its own (`confirmation.ts`).
 */
export function createFileStore({ directory, owner, warn }: FileStoreOptions): DatedStore {
  const stem = (name: CatalogListName): string => join(directory, `${digest(owner).slice(0, 12)}-${name}`);
  const fileOf = (name: CatalogListName): string => `${stem(name)}.catalog`;
  const confirmationOf = (name: CatalogListName): string => `${stem(name)}.confirmed`;
  /** Lists that could not be stored last time: a full disk is told of once, not every quarter of an hour. */
  const unsaved = new Set<CatalogListName>();
  /** The file that holds an array of rows. The catalog keeps the array for as long as nothing changes in it. */
  const storedAs = new WeakMap<readonly unknown[], string>();
  let hasTidied = false;

  const confirmed = async (name: CatalogListName, sha256: string): Promise<ListFacts | undefined> =>
    readConfirmation(await readFile(confirmationOf(name), 'utf8').catch(() => ''), sha256);

  return {
    async load(name) {
      try {
        const { sha256, ...list } = await listOf(partsOf(fileOf(name), PIECE), name, owner);
        storedAs.set(list.rows, sha256);
        const facts = await confirmed(name, sha256);
        if (!facts || facts.asOf < list.asOf) return list;
        if (list.rows[0]) Object.assign(list.rows[0].provenance, { asOf: facts.asOf });
        return { ...list, ...facts };
      } catch (error) {
        const code = codeOf(error);
        if (error instanceof UnfitFileError) await setAside(name, error.message);
        else if (code !== 'ENOENT' && code !== 'ENOTDIR') await setAside(name, `cannot be read (${code})`);
        return undefined;
      }
    },

    async asOf(name) {
      try {
        const { asOf } = await headerOf(partsOf(fileOf(name), BEGINNING));
        const sha256 = await endOf(fileOf(name));
        const facts = sha256 === undefined ? undefined : await confirmed(name, sha256);
        return Math.max(asOf, facts?.asOf ?? asOf);
      } catch {
        return undefined;
      }
    },

    async save(list) {
      const { name, rows } = list;
      const draft = `${fileOf(name)}.${randomUUID()}`;
      try {
        const stored = storedAs.get(rows);
        if (stored !== undefined && (await endOf(fileOf(name))) === stored) {
          await writeFile(draft, textOfConfirmation(stored, list), { flag: 'wx', mode: 0o600 });
          await rename(draft, confirmationOf(name));
        } else {
          await mkdir(directory, { recursive: true, mode: 0o700 });
          const sha256 = await write(draft, list, owner);
          await rename(draft, fileOf(name));
          storedAs.set(rows, sha256);
        }
        unsaved.delete(name);
        if (!hasTidied) await removeAbandonedDrafts(directory, Date.now());
        hasTidied = true;
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        if (unsaved.has(name)) return;
        unsaved.add(name);
        warn(`The list of ${name} could not be stored (${codeOf(error)}); a restart will read it anew.`);
      }
    },
  };

  async function setAside(name: CatalogListName, why: string): Promise<void> {
    warn(`The stored list of ${name} ${why}; it was set aside and will be read anew.`);
    const file = fileOf(name);
    await rename(file, `${file}.set-aside`).catch(() => undefined);
  }
}

/** @returns the SHA-256 that tells the file from any other */
async function write(file: string, list: StoredList<CatalogListName>, owner: string): Promise<string> {
  const handle = await open(file, 'wx', 0o600);
  let sha256 = '';
  try {
    const pieces = piecesOf(list, owner, (written) => {
      sha256 = written.sha256;
    });
    for await (const piece of pieces) await handle.writeFile(piece);
  } finally {
    await handle.close();
  }
  return sha256;
}

/** The SHA-256 that a list's file ends with. Another gateway may have stored the list meanwhile, or somebody removed it. */
async function endOf(file: string): Promise<string | undefined> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return undefined;
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(END), 0, END, Math.max(0, size - END));
    return sha256OfEnd(buffer.subarray(0, bytesRead));
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}

/** So many bytes of a file at a time, each where those before lay. */
async function* partsOf(file: string, bytes: number): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  try {
    const part = Buffer.alloc(bytes);
    for (;;) {
      const { bytesRead } = await handle.read(part, 0, bytes, null);
      if (bytesRead === 0) return;
      yield part.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
