/**
 * Which words stand in which texts of a shelf, so that a search looks at the texts that can match and not at all of them. Built once
 * for a shelf, which never changes; in typed arrays, beside the bytes and outside of JavaScript's heap.
 */
/** Stands before, between and after the words of the dictionary, and in none of them. */
export const BETWEEN = 0x0a;

/** Few are left after so many; how many a text has had of them has to go into a byte. */
const MOST_SOUGHT = 16;

/** A word of what is searched for. */
export interface SoughtWord {
  /** ASCII, small. */
  readonly word: string;
  /** Whether a word of the text has to begin, and end, with it: what is cut off may be a part of a longer one. */
  readonly isWholeAtStart: boolean;
  readonly isWholeAtEnd: boolean;
}

export class ShelfWords {
  /** Every word once. */
  readonly #dictionary: Buffer;
  /** Where each word begins in the dictionary, and where the places of its texts begin. */
  readonly #starts: Uint32Array;
  readonly #postings: Uint32Array;
  /** Places of texts, word by word; upwards for each word. */
  readonly #places: Uint16Array;

  constructor(dictionary: Buffer, starts: Uint32Array, postings: Uint32Array, places: Uint16Array) {
    this.#dictionary = dictionary;
    this.#starts = starts;
    this.#postings = postings;
    this.#places = places;
  }

  get bytes(): number {
    return [this.#dictionary, this.#starts, this.#postings, this.#places].reduce(
      (sum, each) => sum + each.byteLength,
      0,
    );
  }

  /** Marks with 1 the texts that have all of the words: none that matches is left out, and some may be marked that do not. */
  candidates(sought: readonly SoughtWord[], texts: number): Uint8Array {
    const candidates = new Uint8Array(texts);
    const words = sought.slice(0, MOST_SOUGHT);
    for (const [round, word] of words.entries()) {
      this.#each(word, (place) => {
        if (candidates[place] === round) candidates[place] = round + 1;
      });
    }
    // By index: entries() makes an array for each of them, and a search of all shelves has hundreds of thousands.
    for (let place = 0; place < texts; place++) candidates[place] = candidates[place] === words.length ? 1 : 0;
    return candidates;
  }

  #each({ word, isWholeAtStart, isWholeAtEnd }: SoughtWord, tell: (place: number) => void): void {
    const before = isWholeAtStart ? '\n' : '';
    const wanted = Buffer.from(`${before}${word}${isWholeAtEnd ? '\n' : ''}`, 'latin1');
    const dictionary = this.#dictionary;
    for (let at = dictionary.indexOf(wanted); at >= 0;) {
      const number = this.#wordAt(at + before.length);
      const [start = 0, end = 0] = [this.#postings[number], this.#postings[number + 1]];
      for (let index = start; index < end; index++) tell(this.#places[index] ?? 0);
      // Once for each word, however often it has it.
      at = dictionary.indexOf(wanted, (this.#starts[number + 1] ?? dictionary.length) - 1);
    }
  }

  /** The last that begins at a byte or before it. */
  #wordAt(byte: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= byte) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

export function isWordByte(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte === 0x24;
}

/** The words of what is searched for, small letters; those at its ends may be parts of longer ones, unless it is `whole` itself. */
export function soughtWords(text: string, isWhole: boolean): SoughtWord[] {
  return [...text.matchAll(/[a-z0-9_$]+/g)].map(({ 0: word, index }) => ({
    word,
    isWholeAtStart: isWhole || index > 0,
    isWholeAtEnd: isWhole || index + word.length < text.length,
  }));
}
