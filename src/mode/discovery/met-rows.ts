import { hashOfText } from '../hash-of-text.ts';

/**
 * Rows as they are met on pages that come in any order, each key once: the row that was met last, on the page that was met last. By
 * numbers in typed arrays: a `Map` of half a million keys takes a hundred bytes for each, and holds everybody up whenever it grows.
 */
export class MetRows<Row> {
  readonly #keyOf: (row: Row) => string;
  readonly #rows: Row[] = [];
  /** Numbers of rows, by page. */
  readonly #pages: Uint32Array[] = [];
  /** Open addressing: numbers of rows, one more each, by the hash of their keys. */
  #table = new Uint32Array(1_024);

  constructor(keyOf: (row: Row) => string) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#rows.length;
  }

  /** @param expected rows in all: what is made large enough at once never has to grow */
  meet(page: number, rows: readonly Row[], expected: number): void {
    this.#makeRoom(Math.max(this.size + rows.length, Math.min(expected, MOST_EXPECTED)));
    const numbers = new Uint32Array(rows.length);
    for (const [at, row] of rows.entries()) {
      const slot = this.#slotOf(this.#keyOf(row));
      const number = (this.#table[slot] ?? 0) - 1;
      if (number >= 0) this.#rows[number] = row;
      else this.#table[slot] = this.#rows.push(row);
      numbers[at] = number >= 0 ? number : this.size - 1;
    }
    this.#pages[page] = numbers;
  }

  /** In the order of the pages, and last what was on a page that had others when it was met once more. */
  *inOrder(): Generator<Row> {
    const isTold = new Uint8Array(this.size);
    for (const numbers of this.#pages as readonly (Uint32Array | undefined)[]) {
      for (const number of numbers ?? []) {
        const row = this.#rows[number];
        if (isTold[number] !== 1 && row !== undefined) yield row;
        isTold[number] = 1;
      }
    }
    for (const [number, row] of this.#rows.entries()) if (isTold[number] !== 1) yield row;
  }

  /** Where the key is, or may be put. */
  #slotOf(key: string): number {
    const mask = this.#table.length - 1;
    for (let slot = hashOfText(key) & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#table[slot] ?? 0) - 1;
      if (number < 0) return slot;
      const row = this.#rows[number];
      if (row === undefined || this.#keyOf(row) === key) return slot;
    }
  }

  /** No more than half of the table is ever taken. */
  #makeRoom(rows: number): void {
    if (this.#table.length >= 2 * rows) return;
    this.#table = new Uint32Array(2 ** Math.ceil(Math.log2(2 * rows)));
    for (const [number, row] of this.#rows.entries()) this.#table[this.#slotOf(this.#keyOf(row))] = number + 1;
  }
}

/** A counter gone mad gets no more memory than this many rows would. */
const MOST_EXPECTED = 1_000_000;
