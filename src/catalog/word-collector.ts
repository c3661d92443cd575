import { BETWEEN, isWordByte, ShelfWords } from './shelf-words.ts';
import type { SqlShelf } from './sql-shelf.ts';

/** Small shelves are searched as fast without. */
const SMALLEST = 32_768;

const MOST_PLACES = 65_536;

/** Collects the words of one shelf, text by text. */
export class WordCollector {
  readonly #shelf: SqlShelf;
  #next = 0;
  /** Open addressing: numbers of words, one more each. */
  #table = new Uint32Array(4_096);
  /** Of each word: its hash, where it stands in the shelf, how long it is, and the last text it was met in, one more. */
  #hashes = new Uint32Array(2_048);
  #ats = new Uint32Array(2_048);
  #lengths = new Uint32Array(2_048);
  #lasts = new Uint32Array(2_048);
  #words = 0;
  /** Each word of each text once: the word's number and the text's place, one after the other. */
  #met = new Uint32Array(65_536);
  #count = 0;

  constructor(shelf: SqlShelf) {
    this.#shelf = shelf;
  }

  static isWorthIt({ bytes, ends }: SqlShelf): boolean {
    return bytes >= SMALLEST && ends.length <= MOST_PLACES;
  }

  /** Takes the next text. False when there is none. */
  take(): boolean {
    const place = this.#next++;
    if (place >= this.#shelf.ends.length) return false;
    const { folded } = this.#shelf;
    const end = this.#shelf.endOf(place);
    for (let at = this.#shelf.startOf(place); at < end;) {
      const start = at;
      let hash = 0x811c9dc5;
      for (let byte = folded[at] ?? 0; at < end && isWordByte(byte); byte = folded[++at] ?? 0) {
        hash = Math.imul(hash ^ byte, 0x01000193);
      }
      if (at > start) this.#meet(start, at - start, hash >>> 0, place);
      at++;
    }
    return true;
  }

  /** Undefined when it would take about as much room as the texts themselves. */
  words(): ShelfWords | undefined {
    const { folded } = this.#shelf;
    const lengths = this.#lengths.subarray(0, this.#words);
    const size = lengths.reduce((sum, length) => sum + length + 1, 1);
    if (size + 2 * this.#count > folded.length / 2) return undefined;
    const dictionary = Buffer.from(new ArrayBuffer(size));
    dictionary[0] = BETWEEN;
    const starts = new Uint32Array(this.#words);
    const postings = new Uint32Array(this.#words + 1);
    for (let index = 0; index < this.#count; index++) {
      const word = (this.#met[2 * index] ?? 0) + 1;
      postings[word] = (postings[word] ?? 0) + 1;
    }
    let byte = 1;
    for (const [word, length] of lengths.entries()) {
      const at = this.#ats[word] ?? 0;
      starts[word] = byte;
      folded.copy(dictionary, byte, at, at + length);
      byte += length;
      dictionary[byte++] = BETWEEN;
      postings[word + 1] = (postings[word + 1] ?? 0) + (postings[word] ?? 0);
    }
    const places = new Uint16Array(this.#count);
    const filled = postings.slice();
    for (let index = 0; index < this.#count; index++) {
      const word = this.#met[2 * index] ?? 0;
      const at = filled[word] ?? 0;
      places[at] = this.#met[2 * index + 1] ?? 0;
      filled[word] = at + 1;
    }
    return new ShelfWords(dictionary, starts, postings, places);
  }

  #meet(at: number, length: number, hash: number, place: number): void {
    const word = this.#numberOf(at, length, hash);
    if (this.#lasts[word] === place + 1) return;
    this.#lasts[word] = place + 1;
    if (2 * this.#count === this.#met.length) this.#met = grown(this.#met);
    this.#met[2 * this.#count] = word;
    this.#met[2 * this.#count + 1] = place;
    this.#count++;
  }

  #numberOf(at: number, length: number, hash: number): number {
    const mask = this.#table.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const word = (this.#table[slot] ?? 0) - 1;
      if (word < 0) break;
      if (
        this.#hashes[word] === hash &&
        this.#lengths[word] === length &&
        this.#isSame(this.#ats[word] ?? 0, at, length)
      ) {
        return word;
      }
    }
    const word = this.#words++;
    this.#table[slot] = word + 1;
    if (word === this.#hashes.length) {
      [this.#hashes, this.#ats, this.#lengths, this.#lasts] = [
        grown(this.#hashes),
        grown(this.#ats),
        grown(this.#lengths),
        grown(this.#lasts),
      ];
    }
    this.#hashes[word] = hash;
    this.#ats[word] = at;
    this.#lengths[word] = length;
    if (2 * this.#words > this.#table.length) this.#enlargeTable();
    return word;
  }

  #isSame(a: number, b: number, length: number): boolean {
    const { folded } = this.#shelf;
    for (let index = 0; index < length; index++) if (folded[a + index] !== folded[b + index]) return false;
    return true;
  }

  #enlargeTable(): void {
    const table = new Uint32Array(2 * this.#table.length);
    const mask = table.length - 1;
    for (let word = 0; word < this.#words; word++) {
      const hash = this.#hashes[word] ?? 0;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = word + 1;
    }
    this.#table = table;
  }
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}
