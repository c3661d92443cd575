import type { CatalogListName } from './catalog-lists.ts';

/** Pages a list is taken to have before it was ever read: those of a workspace of 4,000 reports. */
const FIRST_GUESS: Readonly<Record<CatalogListName, number>> = {
  collections: 1,
  reports: 5,
  stats: 5,
  queries: 13,
  charts: 19,
  members: 1,
  workspace: 1,
  allCollections: 4,
  dataSources: 1,
  people: 1,
};

/** REST answers these in one call, however long they are. */
const OF_ONE_PAGE: ReadonlySet<CatalogListName> = new Set(['workspace', 'dataSources', 'people']);

/** How many calls each list takes, as far as is known. */
export class ListLengths {
  readonly #known = new Map<CatalogListName, number>();

  known(name: CatalogListName): number | undefined {
    return this.#known.get(name);
  }

  pages(name: CatalogListName): number {
    return this.known(name) ?? FIRST_GUESS[name];
  }

  /** Nobody has counted its pages. */
  isGuess(name: CatalogListName): boolean {
    return this.known(name) === undefined && !OF_ONE_PAGE.has(name);
  }

  learn(name: CatalogListName, pages: number): void {
    this.#known.set(name, pages);
  }

  forget(name: CatalogListName): void {
    this.#known.delete(name);
  }
}
