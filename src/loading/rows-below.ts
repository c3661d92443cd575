import type { ListSnapshot } from '../catalog/list-snapshot.ts';
import { indexRows, indexRowsAtOnce, type RowIndex } from '../catalog/row-index.ts';
import type { Slices } from '../mode/slices.ts';
import { madeOnce } from './made-once.ts';

/** Rows that say in which report and collection they are: queries and charts. */
export interface Placed {
  readonly collectionToken: string | null;
  readonly reportToken: string;
}

interface Indexes {
  report?: RowIndex<Placed>;
  collection?: RowIndex<Placed>;
}

const TOKENS = {
  report: (row: Placed): string => row.reportToken,
  collection: (row: Placed): string | null => row.collectionToken,
} as const;

type Parent = keyof typeof TOKENS;

const indexesOf = madeOnce((_: readonly Placed[]): Indexes => ({}));

/** Rows of one report or collection. The same array each time, for as long as the list stays as it is. */
export function rowsBelow<Row extends Placed>(
  { rows }: ListSnapshot<Row>,
  kind: Parent,
  token: string,
): readonly Row[] {
  const index = (indexesOf(rows)[kind] ??= indexRowsAtOnce<Placed>(rows, TOKENS[kind]));
  return (index.all(token) as readonly Row[] | undefined) ?? NONE;
}

/** Makes ready what `rowsBelow` would else work out when it is first asked. */
export async function prepareRowsBelow({ rows }: ListSnapshot<Placed>, slices: Slices): Promise<void> {
  const indexes = indexesOf(rows);
  for (const kind of ['report', 'collection'] as const) {
    indexes[kind] ??= await indexRows(rows, TOKENS[kind], slices);
  }
}

const NONE: readonly never[] = [];
