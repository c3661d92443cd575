import type { DiscoveryListName } from '../mode/discovery-client.ts';
import type { CatalogListName, CatalogRows } from './catalog-lists.ts';

/** Texts that many rows of a list have in common, such as an address. */
const SHARED: Partial<Record<CatalogListName, readonly string[]>> = {
  reports: ['name', 'type', 'collectionToken', 'creatorEmail', 'lastRunState'],
  stats: ['recentRunnerEmails', 'schedulerEmails', 'editorEmails'],
  queries: ['name', 'reportToken', 'collectionToken', 'creatorEmail', 'dataSourceToken'],
  charts: ['type', 'title', 'collectionToken', 'queryToken', 'reportToken'],
} satisfies { readonly [Name in DiscoveryListName]?: readonly (keyof CatalogRows[Name])[] };

/** Beyond so many, texts are no longer remembered: they are hardly shared, and remembering costs more than it saves. */
const MOST_REMEMBERED = 200_000;

export interface Sharing {
  /** Has rows, one after another, hold one and the same text where they tell the same. */
  row(row: CatalogRows[CatalogListName]): void;
  /** The same of one value of a field. */
  value(field: string, value: unknown): unknown;
}

export function createSharing(name: CatalogListName): Sharing {
  const fields = SHARED[name] ?? [];
  const pool = new Map<string, string>();
  const one = (text: string): string => {
    const known = pool.get(text);
    if (known !== undefined) return known;
    if (pool.size < MOST_REMEMBERED) pool.set(text, text);
    return text;
  };
  const shared = (value: unknown): unknown => {
    if (typeof value === 'string') return one(value);
    if (!Array.isArray(value)) return value;
    return value.length === 0 ? NONE : (value as string[]).map(one);
  };
  return {
    row(row) {
      const facts = row as unknown as Record<string, unknown>;
      for (const field of fields) facts[field] = shared(facts[field]);
    },
    value: (field, value) => (fields.includes(field) ? shared(value) : value),
  };
}

const NONE: readonly string[] = [];
