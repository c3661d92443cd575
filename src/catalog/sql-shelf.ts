/**
 * SQL outside of JavaScript's heap, where 300 MB of it would have to be walked and moved by the garbage collector. A page of
 * queries shares one buffer, in lower case as far as ASCII goes, so that searching is a search for bytes; a bit for each byte
 * says where there was a capital.
 */
const CAPITAL = 0x20;

/** Characters whose lower case, or equal but for case, is ASCII though they are not: in rows with one, bytes do not tell. */
const FOLDS_TO_ASCII = /[\u0130\u017F\u212A]/;

/** What a shelf is made of, and stored as. */
export interface ShelfParts {
  /** UTF-8, ASCII capitals made small. */
  readonly folded: Buffer;
  /** Where each text ends. */
  readonly ends: Uint32Array;
  /** A bit for each byte: whether there was a capital. */
  readonly capitals: Uint8Array;
  /** Of each text: ASCII, BEYOND_ASCII or ODD. */
  readonly flags: Uint8Array;
}

const BEYOND_ASCII = 1;
const ODD = 2;

/** One text of a shelf. */
export interface Shelved {
  readonly shelf: SqlShelf;
  readonly place: number;
}

export class SqlShelf {
  readonly parts: ShelfParts;
  readonly folded: Buffer;
  readonly ends: Uint32Array;
  /** Texts that are not all ASCII, by their place on the shelf. */
  readonly beyondAscii: ReadonlySet<number>;
  /** Those among them of which a search for ASCII bytes may miss something. */
  readonly odd: ReadonlySet<number>;

  constructor(parts: ShelfParts) {
    this.parts = parts;
    this.folded = parts.folded;
    this.ends = parts.ends;
    const beyondAscii = new Set<number>();
    const odd = new Set<number>();
    for (const [place, flag] of parts.flags.entries()) {
      if (flag !== 0) beyondAscii.add(place);
      if (flag === ODD) odd.add(place);
    }
    this.beyondAscii = beyondAscii;
    this.odd = odd;
  }

  static of(texts: readonly string[]): SqlShelf {
    // A copy: a buffer made of a string may be a part of a larger one that is kept for others.
    const folded = Buffer.from(new Uint8Array(Buffer.from(texts.join(''), 'utf8')).buffer);
    const ends = new Uint32Array(texts.length);
    const flags = new Uint8Array(texts.length);
    let end = 0;
    for (const [place, text] of texts.entries()) {
      const length = Buffer.byteLength(text, 'utf8');
      if (length !== text.length) flags[place] = FOLDS_TO_ASCII.test(text) ? ODD : BEYOND_ASCII;
      ends[place] = end += length;
    }
    const capitals = new Uint8Array((folded.length + 7) >>> 3);
    for (let at = 0; at < folded.length; at++) {
      const byte = folded[at] ?? 0;
      if (byte < 0x41 || byte > 0x5a) continue;
      folded[at] = byte | CAPITAL;
      capitals[at >>> 3] = (capitals[at >>> 3] ?? 0) | (1 << (at & 7));
    }
    return new SqlShelf({ folded, ends, capitals, flags });
  }

  /** The same texts on one shelf, without reading any of them. */
  static gathered(texts: readonly Shelved[]): SqlShelf {
    const whole = texts[0]?.shelf;
    const isWhole = whole?.ends.length === texts.length;
    if (whole && isWhole && texts.every(({ shelf, place }, at) => shelf === whole && place === at)) return whole;
    const bytes = texts.reduce((sum, { shelf, place }) => sum + shelf.endOf(place) - shelf.startOf(place), 0);
    const folded = Buffer.from(new ArrayBuffer(bytes));
    const ends = new Uint32Array(texts.length);
    const capitals = new Uint8Array((bytes + 7) >>> 3);
    const flags = new Uint8Array(texts.length);
    let at = 0;
    for (const [index, { shelf, place }] of texts.entries()) {
      const [start, end] = [shelf.startOf(place), shelf.endOf(place)];
      shelf.folded.copy(folded, at, start, end);
      copyBits(shelf.parts.capitals, start, capitals, at, end - start);
      flags[index] = shelf.parts.flags[place] ?? 0;
      ends[index] = at += end - start;
    }
    return new SqlShelf({ folded, ends, capitals, flags });
  }

  startOf(place: number): number {
    return place === 0 ? 0 : (this.ends[place - 1] ?? 0);
  }

  endOf(place: number): number {
    return this.ends[place] ?? 0;
  }

  text(place: number): string {
    const [start, end] = [this.startOf(place), this.endOf(place)];
    const bytes = Buffer.from(this.folded.subarray(start, end));
    const { capitals } = this.parts;
    for (let at = start; at < end; at++) {
      const bits = capitals[at >>> 3] ?? 0;
      // Most of eight letters in a row are small ones.
      if (bits === 0) at |= 7;
      else if ((bits >>> (at & 7)) & 1) bytes[at - start] = (bytes[at - start] ?? 0) & ~CAPITAL;
    }
    return this.beyondAscii.has(place) ? bytes.toString('utf8') : bytes.toString('latin1');
  }

  get bytes(): number {
    return this.folded.length;
  }
}

/** Eight at a time, wherever in a byte they begin. */
function copyBits(from: Uint8Array, start: number, to: Uint8Array, at: number, length: number): void {
  for (let done = 0; done < length;) {
    const [source, target] = [start + done, at + done];
    const count = Math.min(8 - (source & 7), length - done);
    const bits = ((from[source >>> 3] ?? 0) >>> (source & 7)) & ((1 << count) - 1);
    done += count;
    if (bits === 0) continue;
    const byte = target >>> 3;
    to[byte] = (to[byte] ?? 0) | (bits << (target & 7));
    if ((target & 7) + count > 8) to[byte + 1] = (to[byte + 1] ?? 0) | (bits >>> (8 - (target & 7)));
  }
}
