import type { Provenance } from '../mode/records.ts';
import type { Slices } from '../mode/slices.ts';
import type { ListKeys } from './list-keys.ts';
import { indexRows, type RowIndex } from './row-index.ts';

export interface Lookup<Value> {
  get(key: string): Value | undefined;
  has(key: string): boolean;
}

/** One list as it was when it was last read, with the indexes questions need. Never changed, only replaced. */
export interface ListSnapshot<Row> {
  /** The same array as before when a reading found nothing changed: what was worked out of it goes on being right. */
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

/** When a list was read, and how long it was. */
export interface ListFacts {
  readonly asOf: number;
  readonly pages: number;
}

/** One that the catalog holds itself. */
export interface HeldSnapshot<Row> extends ListSnapshot<Row> {
  readonly keys: RowIndex<Row>;
  readonly parents: RowIndex<Row>;
  /**
   * The provenance of all its rows, one object: a reading that finds a row unchanged keeps the row, and tells it, here, that it
   * was confirmed. Undefined for an empty list and for one whose rows were told apart.
   */
  readonly told: Told | undefined;
}

export type Told = { -readonly [Fact in keyof Provenance]: Provenance[Fact] };

export async function makeSnapshot<Row>(
  { key, parent }: ListKeys<Row>,
  rows: readonly Row[],
  facts: ListFacts,
  told: Told | undefined,
  slices: Slices,
): Promise<HeldSnapshot<Row>> {
  const keys = await indexRows(rows, key, slices);
  return snapshotOf(rows, keys, await indexRows(rows, parent, slices), facts, told);
}

export function snapshotOf<Row>(
  rows: readonly Row[],
  keys: RowIndex<Row>,
  parents: RowIndex<Row>,
  facts: ListFacts,
  told: Told | undefined,
): HeldSnapshot<Row> {
  return {
    rows,
    byKey: { get: (key) => keys.last(key), has: (key) => keys.last(key) !== undefined },
    byParent: { get: (key) => parents.all(key), has: (key) => parents.all(key) !== undefined },
    asOf: facts.asOf,
    pages: facts.pages,
    keys,
    parents,
    told,
  };
}
