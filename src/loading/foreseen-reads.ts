/**
 * What a question will have had read from REST by some moment: a thing is read once in an operation, and a list
 * supplies its rows to whoever asks for one of them later.
 */
export class ForeseenReads {
  readonly #made = new Set<string>();
  readonly #others = new Map<string, number>();

  /** Whether it is there by now, such as `report 5f1c0a9be3d2`. */
  has(name: string): boolean {
    return this.#made.has(name);
  }

  /** It comes along with something else. */
  prime(name: string): void {
    this.#made.add(name);
  }

  /** Calls that it takes to have it: none, if it is there. */
  once(name: string, calls = 1): number {
    if (this.#made.has(name)) return 0;
    this.#made.add(name);
    return calls;
  }

  /** Of things that nobody can name: how many more than were read at the same place before. */
  more(place: string, count: number): number {
    const before = this.#others.get(place) ?? 0;
    this.#others.set(place, Math.max(before, count));
    return Math.max(0, count - before);
  }
}
