import type { CatalogListName, CatalogRows } from './catalog-lists.ts';

/** By what the rows of a list are found. */
export interface ListKeys<Row> {
  /** The token; of statistics their report's token, of members the username. */
  key(row: Row): string;
  /** The token of the parent: of reports the collection, of queries the report, of charts the query. */
  parent(row: Row): string | null;
}

export const LIST_KEYS: { readonly [Name in CatalogListName]: ListKeys<CatalogRows[Name]> } = {
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
