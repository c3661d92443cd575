import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { isReference, type CatalogListName, type CatalogRows } from './catalog-lists.ts';
import type { CatalogStore, StoredList } from './catalog-store.ts';
import { removeAbandonedDrafts } from './abandoned-drafts.ts';

/** Raise it whenever a record changes shape: files of another version are set aside and read anew. */
const VERSION = 1;
const MAGIC = 'mode-graphql catalog';

const header = z.object({
  magic: z.literal(MAGIC),
  version: z.literal(VERSION),
  owner: z.string(),
  list: z.string(),
  asOf: z.number(),
  pages: z.number().int().positive(),
  sha256: z.string(),
});

export interface FileStoreOptions {
  /** Made when it is not there, readable by this user alone: snapshots hold SQL and e-mail addresses. */
  readonly directory: string;
  /** Whose catalog this is, such as Mode's origin and the workspace; another owner's file is foreign. */
  readonly owner: string;
  /** Told once for each file that had to be set aside. */
  warn(message: string): void;
}

/**
 * One file for each list: a line of JSON that says what it is, with the SHA-256 of that and of the rest;
 * then the rows. Written beside and renamed, so that a crash leaves the old one whole. A file that is damaged,
 * of another version or another workspace is renamed to `*.set-aside`.
 */
export function createFileStore({ directory, owner, warn }: FileStoreOptions): CatalogStore {
  const fileOf = (name: CatalogListName): string => join(directory, `${digest(owner).slice(0, 12)}-${name}.catalog`);
  /** Lists that could not be stored last time: a full disk is told of once, not every quarter of an hour. */
  const unsaved = new Set<CatalogListName>();
  let hasTidied = false;

  return {
    async load(name) {
      const file = fileOf(name);
      let text: string;
      try {
        text = await readFile(file, 'utf8');
      } catch (error) {
        const code = codeOf(error);
        if (code !== 'ENOENT' && code !== 'ENOTDIR') await setAside(name, `cannot be read (${code})`);
        return undefined;
      }
      const stored = parse(text, name, owner);
      if (typeof stored !== 'string') return stored;
      await setAside(name, stored);
      return undefined;
    },

    async save({ name, asOf, pages, rows }) {
      const body = JSON.stringify(rows, (key, value: unknown) => (key === 'provenance' ? undefined : value));
      const facts = { magic: MAGIC, version: VERSION, owner, list: name, asOf, pages } as const;
      const head = { ...facts, sha256: checksum(facts, body) };
      const file = fileOf(name);
      const draft = `${file}.${randomUUID()}`;
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await writeFile(draft, `${JSON.stringify(head)}\n${body}`, { mode: 0o600 });
        await rename(draft, file);
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

/** The list, or what is wrong with the file. */
function parse<Name extends CatalogListName>(text: string, name: Name, owner: string): StoredList<Name> | string {
  const end = text.indexOf('\n');
  const head = header.safeParse(parseJson(text.slice(0, Math.max(0, end))));
  if (!head.success) return 'is of another version or damaged';
  const body = text.slice(end + 1);
  if (head.data.owner !== owner || head.data.list !== name) return 'belongs to another workspace';
  const { sha256, ...facts } = head.data;
  if (sha256 !== checksum(facts, body)) return 'is damaged';
  const source = isReference(name) ? 'REST' : 'DISCOVERY';
  const provenance = { source, asOf: head.data.asOf } as const;
  const rows = parseJson(body) as CatalogRows[Name][];
  return {
    name,
    asOf: head.data.asOf,
    pages: head.data.pages,
    rows: rows.map((row) => ({ ...row, provenance })),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Of the header's facts too: a moment that was changed would pass for a list that never grows old. */
function checksum(facts: Omit<z.output<typeof header>, 'sha256'>, body: string): string {
  const { magic, version, owner, list, asOf, pages } = facts;
  return digest(`${JSON.stringify([magic, version, owner, list, asOf, pages])}\n${body}`);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
