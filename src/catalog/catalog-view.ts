import type { CallContext } from '../mode/call-context.ts';
import type { Priority } from '../throttle/priority.ts';
import type { CatalogListName, CatalogRows } from './catalog-lists.ts';
import type { ListSnapshot } from './list-snapshot.ts';

export interface RefreshOptions {
  /** See `ScanOptions.accept`. */
  accept?(pages: number): boolean;
  /** How old, in milliseconds, what is held of the parts of a list may be, so that only the others are read. @default any age */
  readonly maxAgeMs?: number | undefined;
}

export interface ListStatus {
  readonly name: CatalogListName;
  /** Null when the list was never read. */
  readonly asOf: number | null;
  readonly rows: number;
  /** While it is being read: rows so far, and of how many. */
  readonly reading: { readonly rows: number; readonly total: number | null } | null;
}

/** One list that has to be read, for itself or before another one can be shown. */
export interface ListReading {
  readonly name: CatalogListName;
  /** Calls it takes: known from last time, else a guess. */
  readonly calls: number;
  /** Nobody has counted its pages. */
  readonly isGuess: boolean;
}

/** What a question may know of the catalog: all of it, or the rows that its caller may see. */
export interface CatalogView {
  /** Whether the workspace has Discovery at all. */
  readonly available: boolean;
  /**
   * Another one as soon as any list is replaced: whatever was made of lists that are held holds for as long as this is
   * the same. Undefined where what is seen of them may change without that.
   */
  readonly edition: object | undefined;
  /** Whether it makes sense to read a list now: it is being read, or has not just failed. */
  canRead(name: CatalogListName): boolean;
  /** For whom the list is being read; undefined when it is not. */
  readingFor(name: CatalogListName): Priority | undefined;
  /** The list as last read; undefined when it never was. */
  peek<Name extends CatalogListName>(name: Name): ListSnapshot<CatalogRows[Name]> | undefined;
  /** The list as it was read at `asOf`: the one of today, or one replaced not long ago. */
  find<Name extends CatalogListName>(name: Name, asOf: number): ListSnapshot<CatalogRows[Name]> | undefined;
  /** Calls `watcher` whenever a list has come, or is being read for a person who was not waiting before. */
  watch(watcher: () => void): () => void;
  /**
   * Calls that reading the list takes: known from last time, else a guess.
   *
   * @param maxAgeMs what is held and no older need not be read; undefined: whatever is held will do
   */
  pages(name: CatalogListName, maxAgeMs?: number): number;
  /** The same, list by list: two may need the same one read first. */
  readings(name: CatalogListName, maxAgeMs?: number): readonly ListReading[];
  /**
   * Reads a list anew, once however many ask at the same time. False when `accept` declined.
   *
   * @throws {UpstreamError}; the old snapshot then goes on serving
   */
  refresh(name: CatalogListName, call: CallContext, options?: RefreshOptions): Promise<boolean>;
  /** Refreshes behind the answer what has grown too old, at the lowest priority, and not right after a failure. */
  refreshIfStale(name: CatalogListName): void;
  status(): ListStatus[];
}
