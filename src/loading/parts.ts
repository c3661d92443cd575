import type { ListSnapshot } from '../catalog/list-snapshot.ts';
import type { CatalogListName } from '../catalog/catalog-lists.ts';
import type { BillKeeper } from './bill.ts';
import type { Demand } from './demand.ts';
import type { DiscoveryAccess } from './discovery-access.ts';
import type { LateBatches } from './late-batches.ts';
import type { RestLoaders } from './rest-loaders.ts';

/** What every planned loader of an operation works with. */
export interface LoadingParts {
  readonly rest: RestLoaders;
  readonly discovery: DiscoveryAccess;
  readonly bill: BillKeeper;
  readonly batches: LateBatches;
  readonly demand: Demand;
}

/** Which snapshots a list was cut from: the moment each was read, in milliseconds since the epoch. */
export type Pins = Readonly<Partial<Record<CatalogListName, number>>>;

/** Rows of a list, and how to complete those that are shown. */
export interface RowList<Row> {
  readonly rows: readonly Row[];
  readonly pins: Pins;
  /** Adds, to the rows of a page, facts that were not worth having for every row. */
  complete(page: readonly Row[]): readonly Row[] | Promise<readonly Row[]>;
}

export function whole<Row>(rows: readonly Row[], pins: Pins = {}): RowList<Row> {
  return { rows, pins, complete: (page) => page };
}

export function pinsOf(snapshots: Readonly<Partial<Record<CatalogListName, ListSnapshot<unknown> | undefined>>>): Pins {
  return Object.fromEntries(
    Object.entries(snapshots).flatMap(([name, snapshot]) => (snapshot ? [[name, snapshot.asOf]] : [])),
  );
}
