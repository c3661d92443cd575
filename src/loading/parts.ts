import type { BillKeeper } from './bill.ts';
import type { DiscoveryAccess } from './discovery-access.ts';
import type { RestLoaders } from './rest-loaders.ts';

/** What every planned loader of an operation works with. */
export interface LoadingParts {
  readonly rest: RestLoaders;
  readonly discovery: DiscoveryAccess;
  readonly bill: BillKeeper;
}

/** Rows of a list, and how to complete those that are shown. */
export interface RowList<Row> {
  readonly rows: readonly Row[];
  /** Adds, to the rows of a page, facts that were not worth having for every row. */
  complete(page: readonly Row[]): Promise<readonly Row[]>;
}

export function whole<Row>(rows: readonly Row[]): RowList<Row> {
  return { rows, complete: (page) => Promise.resolve(page) };
}
