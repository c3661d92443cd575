import type { CatalogListName } from '../catalog/catalog-lists.ts';
import type { DiscoveryAccess } from './discovery-access.ts';

/** Kinds of things that lists hold. */
export type Countable = 'collections' | 'reports' | 'queries' | 'charts' | 'members' | 'dataSources';

/** How many there are in the workspace; undefined for what nobody has counted. */
export type KnownSizes = Readonly<Partial<Record<Countable, number>>>;

const LISTS: Readonly<Record<Countable, readonly CatalogListName[]>> = {
  collections: ['allCollections', 'collections'],
  reports: ['reports'],
  queries: ['queries'],
  charts: ['charts'],
  members: ['people', 'members'],
  dataSources: ['dataSources'],
};

/** Counted by the catalog, however long ago. */
export function knownSizes(discovery: Pick<DiscoveryAccess, 'hint'>): KnownSizes {
  return Object.fromEntries(
    Object.entries(LISTS).flatMap(([kind, lists]) => {
      const rows = lists.map((name) => discovery.hint(name)?.rows.length).find((count) => count !== undefined);
      return rows === undefined ? [] : [[kind, rows]];
    }),
  );
}

/** Children of one parent, such as `reports queries`, where nobody has counted. */
export type Guess = Readonly<Record<string, number>>;

/**
 * Of a workspace that nobody has counted: a parent has so many children, on the average. Of its collections no more
 * than a page of REST's is taken for granted, or a small workspace without Discovery could not be asked for all of them.
 */
export const USUAL: Guess = {
  'workspace collections': 30,
  'collections reports': 30,
  'collections queries': 90,
  'collections charts': 150,
  'reports queries': 3,
  'reports charts': 5,
  'queries charts': 2,
};

/**
 * The same, by what nobody should be surprised at: a question is not refused on account of queries and charts
 * that there may not be.
 */
export const LEAST: Guess = { ...USUAL, 'reports queries': 1, 'reports charts': 1, 'queries charts': 1 };

/** How many children one parent has, on the average. */
export interface Average {
  readonly each: number;
  /** Nobody has counted them. */
  readonly isGuess: boolean;
}

/** Undefined when that cannot be told at all. */
export function childrenOf(
  parent: Countable | 'workspace',
  child: Countable,
  sizes: KnownSizes,
  guess: Guess = USUAL,
): Average | undefined {
  const parents = parent === 'workspace' ? 1 : sizes[parent];
  const children = sizes[child];
  if (parents !== undefined && children !== undefined && parents > 0) {
    return { each: children / parents, isGuess: false };
  }
  const each = guess[`${parent} ${child}`];
  return each === undefined ? undefined : { each, isGuess: true };
}
