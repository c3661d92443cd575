import { hashOfText } from '../mode/hash-of-text.ts';
import type { Slices } from '../mode/slices.ts';

/**
 * Where rows are, by a key of theirs that several may share. Held in typed arrays, which take 8 bytes a row and no time of the
 * garbage collector's: a `Map` of arrays takes some 200 a row and has to be walked.
 */
export class RowIndex<Row> {
  readonly #rows: readonly Row[];
  readonly #keyOf: (row: Row) => string | null;
  readonly #chains: Chains;
  /** Rows of a key, once somebody has asked: orders that are kept go by the arrays. */
  readonly #found = new Map<string, readonly Row[]>();

  constructor(rows: readonly Row[], keyOf: (row: Row) => string | null, chains: Chains) {
    this.#rows = rows;
    this.#keyOf = keyOf;
    this.#chains = chains;
  }

  /** The last of the rows that have the key. */
  last(key: string): Row | undefined {
    const { heads, next } = this.#chains;
    for (let link = heads[hashOfText(key) & (heads.length - 1)] ?? 0; link !== 0; link = next[link - 1] ?? 0) {
      const row = this.#rows[link - 1];
      if (row !== undefined && this.#keyOf(row) === key) return row;
    }
    return undefined;
  }

  /** All that have the key, in the order of the rows; the same array each time. Undefined when there is none. */
  all(key: string): readonly Row[] | undefined {
    const known = this.#found.get(key);
    if (known) return known;
    const { heads, next } = this.#chains;
    const rows: Row[] = [];
    for (let link = heads[hashOfText(key) & (heads.length - 1)] ?? 0; link !== 0; link = next[link - 1] ?? 0) {
      const row = this.#rows[link - 1];
      if (row !== undefined && this.#keyOf(row) === key) rows.push(row);
    }
    if (rows.length === 0) return undefined;
    this.#found.set(key, rows.reverse());
    return rows;
  }

  /** Of rows that have the same keys at the same places. */
  over(rows: readonly Row[]): RowIndex<Row> {
    return new RowIndex(rows, this.#keyOf, this.#chains);
  }
}

/** One chain for each hash: its last row's place, and for each row the place before it; all one more, for 0 is the end. */
interface Chains {
  /** As long as a power of two. */
  readonly heads: Uint32Array;
  readonly next: Uint32Array;
}

export async function indexRows<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
  slices: Slices,
): Promise<RowIndex<Row>> {
  const chains = emptyChains(rows.length);
  for (let place = 0; place < rows.length; place++) {
    if (slices.isOver) await slices.next();
    link(chains, rows, keyOf, place);
  }
  return new RowIndex(rows, keyOf, chains);
}

export function indexRowsAtOnce<Row>(rows: readonly Row[], keyOf: (row: Row) => string | null): RowIndex<Row> {
  const chains = emptyChains(rows.length);
  for (let place = 0; place < rows.length; place++) link(chains, rows, keyOf, place);
  return new RowIndex(rows, keyOf, chains);
}

function emptyChains(rows: number): Chains {
  const heads = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1, rows))));
  return { heads, next: new Uint32Array(rows) };
}

function link<Row>(
  { heads, next }: Chains,
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
  place: number,
): void {
  const row = rows[place];
  const key = row === undefined ? null : keyOf(row);
  if (key === null) return;
  const head = hashOfText(key) & (heads.length - 1);
  next[place] = heads[head] ?? 0;
  heads[head] = place + 1;
}
