import type { CatalogListName, CatalogRows } from './catalog-lists.ts';

/** A list as it is kept between two lives of the process. */
export interface StoredList<Name extends CatalogListName> {
  readonly name: Name;
  readonly asOf: number;
  readonly pages: number;
  readonly rows: readonly CatalogRows[Name][];
}

/** Where snapshots outlive the process, so that a restart costs no call. */
export interface CatalogStore {
  /** Undefined when there is none, or none that can be trusted. Never throws. */
  load<Name extends CatalogListName>(name: Name): Promise<StoredList<Name> | undefined>;
  /** Never throws: a full disk must not fail a question. */
  save<Name extends CatalogListName>(list: StoredList<Name>): Promise<void>;
}

/** One that tells the age of a list without reading all of it. */
export interface DatedStore extends CatalogStore {
  /** When the list was read, in milliseconds since the epoch, by what its beginning says; undefined without one. Never throws. */
  asOf(name: CatalogListName): Promise<number | undefined>;
}

export const nowhere: DatedStore = {
  asOf: () => Promise.resolve(undefined),
  load: () => Promise.resolve(undefined),
  save: () => Promise.resolve(),
};
