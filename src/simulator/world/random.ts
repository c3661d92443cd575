/** A fixed pseudo-random stream (mulberry32), one per seed and label: adding a draw to one stream moves no other. */
export class Random {
  #state: number;

  constructor(seed: number, label: string) {
    let hash = (seed ^ 0x9e3779b9) | 0;
    for (const character of label) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
    this.#state = hash;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** Like `int`, with small numbers more likely: the higher the `power`, the more so. */
  skewed(low: number, high: number, power = 3): number {
    return low + Math.floor(this.next() ** power * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws RangeError when there is nothing to pick from. */
  pick<T>(from: readonly T[]): T {
    const picked = from[this.int(0, from.length - 1)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }

  /** Like `pick`, with the first ones more likely. */
  pickEarly<T>(from: readonly T[], power = 2): T {
    const picked = from[this.skewed(0, from.length - 1, power)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }

  /** `count` different ones, or all there are, in random order. */
  sample<T>(from: readonly T[], count: number): T[] {
    return this.shuffled(from).slice(0, count);
  }

  shuffled<T>(from: readonly T[]): T[] {
    const keyed = from.map((value) => ({ value, key: this.next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
  }

  /** `digits` hexadecimal digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) {
      text += Math.floor(this.next() * 0x1000000)
        .toString(16)
        .padStart(6, '0');
    }
    return text.slice(0, digits);
  }
}
