import type { CatalogListName, CatalogRows } from './catalog-lists.ts';

export interface Lookup<Value> {
  get(key: string): Value | undefined;
  has(key: string): boolean;
}

/** One list as it was when it was last read, with the indexes questions need. Never changed, only replaced. */
export interface ListSnapshot<Row> {
  readonly rows: readonly Row[];
  /** By token; statistics by their report's token, members by username. */
  readonly byKey: Lookup<Row>;
  /** By the token of the parent: reports by collection, queries by report, charts by query. */
  readonly byParent: Lookup<readonly Row[]>;
  /** Milliseconds since the epoch: when the reading began. */
  readonly asOf: number;
  /** Calls it took to read. */
  readonly pages: number;
}

interface ListKeys<Row> {
  key(row: Row): string;
  parent(row: Row): string | null;
}

const KEYS: { readonly [Name in CatalogListName]: ListKeys<CatalogRows[Name]> } = {
  collections: { key: (row) => row.token, parent: () => null },
  reports: { key: (row) => row.token, parent: (row) => row.collectionToken },
  stats: { key: (row) => row.reportToken, parent: () => null },
  queries: { key: (row) => row.token, parent: (row) => row.reportToken },
  charts: { key: (row) => row.token, parent: (row) => row.queryToken },
  members: { key: (row) => row.username, parent: () => null },
  workspace: { key: (row) => row.username, parent: () => null },
  allCollections: { key: (row) => row.token, parent: () => null },
  dataSources: { key: (row) => row.token, parent: () => null },
  people: { key: (row) => row.username, parent: () => null },
};

export function makeSnapshot<Name extends CatalogListName>(
  name: Name,
  rows: readonly CatalogRows[Name][],
  facts: { readonly asOf: number; readonly pages: number },
): ListSnapshot<CatalogRows[Name]> {
  const keys: ListKeys<CatalogRows[Name]> = KEYS[name];
  const byKey = new Map<string, CatalogRows[Name]>();
  const byParent = new Map<string, CatalogRows[Name][]>();
  for (const row of rows) {
    byKey.set(keys.key(row), row);
    const parent = keys.parent(row);
    if (parent === null) continue;
    const siblings = byParent.get(parent);
    if (siblings) siblings.push(row);
    else byParent.set(parent, [row]);
  }
  return { rows, byKey, byParent, ...facts };
}
