import type { Slices } from '../../mode/slices.ts';
import { collationKey, collator } from './collation-key.ts';
import type { SortValue } from './cursor.ts';
import type { Named, Ordering, Places } from './ordered-rows.ts';

/**
 * What an order goes by, of each row, read once: a comparison is made far more often than there are rows. It compares as
 * `comparePositions` does, only faster.
 */
export class SortableRows<Row extends Named> {
  readonly #values: SortValue[] = [];
  /** Of texts that can be compared by their characters. */
  readonly #keys: (string | undefined)[] = [];
  readonly #tokens: string[] = [];
  readonly #ordering: Ordering<Row>;

  constructor(ordering: Ordering<Row>) {
    this.#ordering = ordering;
  }

  add(row: Row): void {
    const value = this.#ordering.valueOf(row);
    this.#values.push(value);
    this.#tokens.push(row.username ?? row.token ?? '');
    if (typeof value !== 'string') this.#keys.push(undefined);
    else this.#keys.push(this.#ordering.comparison === 'characters' ? value : collationKey(value));
  }

  /** Two places, upwards; ties are settled by the token. */
  readonly compareUpwards = (a: number, b: number): number => this.#compareValues(a, b) || this.#compareTokens(a, b);

  readonly compare = (a: number, b: number): number => {
    if (this.#ordering.direction === 'ASC') return this.compareUpwards(a, b);
    const isLast = this.#isNull(a) || this.#isNull(b);
    const order = this.#compareValues(a, b);
    return (isLast ? order : -order) || this.#compareTokens(a, b);
  };

  /** The same places downwards: whoever ties stays in the same order, and what has no value stays last. */
  turnedRound(upwards: Places): Places {
    let valued = upwards.length;
    while (valued > 0 && this.#isNull(upwards[valued - 1] ?? 0)) valued--;
    const downwards = new Uint32Array(upwards.length);
    downwards.set(upwards.subarray(valued), valued);
    let next = 0;
    for (let end = valued; end > 0;) {
      let start = end - 1;
      while (start > 0 && this.#compareValues(upwards[start - 1] ?? 0, upwards[start] ?? 0) === 0) start--;
      downwards.set(upwards.subarray(start, end), next);
      next += end - start;
      end = start;
    }
    return downwards;
  }

  #isNull(place: number): boolean {
    return (this.#values[place] ?? null) === null;
  }

  #compareValues(a: number, b: number): number {
    const [left, right] = [this.#keys[a], this.#keys[b]];
    if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : 0;
    const [one, other] = [this.#values[a] ?? null, this.#values[b] ?? null];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return collator.compare(String(one), String(other));
  }

  #compareTokens(a: number, b: number): number {
    const [left = '', right = ''] = [this.#tokens[a], this.#tokens[b]];
    return left < right ? -1 : left > right ? 1 : 0;
  }
}

/** Sorts places in slices, by merging ever longer stretches of them. */
export async function sortInSlices(
  places: Places,
  compare: (a: number, b: number) => number,
  slices: Slices,
): Promise<Places> {
  let from = places;
  let to: Places = new Uint32Array(places.length);
  for (let width = 1; width < places.length; width *= 2) {
    for (let start = 0; start < places.length; start += 2 * width) {
      const middle = Math.min(start + width, places.length);
      const end = Math.min(middle + width, places.length);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at++) {
        if ((at & 63) === 0 && slices.isOver) await slices.next();
        const takesLeft = right >= end || (left < middle && compare(from[left] ?? 0, from[right] ?? 0) <= 0);
        to[at] = (takesLeft ? from[left++] : from[right++]) ?? 0;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
