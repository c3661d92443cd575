/** Searching in the SQL of queries: on shelves for bytes, which takes a twentieth of the time that texts take. */
import type { ReportQueryRecord } from '../mode/records.ts';
import { onShelf } from './shelved-queries.ts';
import { wordsOf } from './prepare-sql.ts';
import { soughtWords, type SoughtWord } from './shelf-words.ts';
import type { SqlShelf } from './sql-shelf.ts';

export interface SqlSearch {
  /** Whether a text matches. */
  test(sql: string): boolean;
  /** Marks with 1 the texts of a shelf that match. Undefined when bytes do not tell; each text is then tested. */
  mark?(shelf: SqlShelf, marks: Uint8Array): void;
}

/** Whether a query's SQL matches; one without SQL does not. */
export function searchingSql(search: SqlSearch): (row: ReportQueryRecord) => boolean {
  const { mark } = search;
  const marksOf = new Map<SqlShelf, Uint8Array>();
  const marksOn = (shelf: SqlShelf): Uint8Array => {
    let marks = marksOf.get(shelf);
    if (!marks) {
      marks = new Uint8Array(shelf.ends.length);
      mark?.(shelf, marks);
      marksOf.set(shelf, marks);
    }
    return marks;
  };
  // Queries of one shelf come one after the other.
  let [last, lastMarks]: [SqlShelf | undefined, Uint8Array] = [undefined, NO_MARKS];
  const isMarked = (shelf: SqlShelf, place: number): boolean => {
    if (shelf !== last) [last, lastMarks] = [shelf, marksOn(shelf)];
    return lastMarks[place] === 1;
  };
  return (row) => {
    const isMatch = mark && onShelf(row, isMarked);
    return isMatch ?? (row.sql !== null && search.test(row.sql));
  };
}

const NO_MARKS = new Uint8Array(0);

/** Text in the SQL, case of no matter. */
export function containing(needle: string): SqlSearch {
  const wanted = needle.toLowerCase();
  const test = (sql: string): boolean => sql.toLowerCase().includes(wanted);
  if (wanted === '') return { test };
  if (!isAscii(wanted)) return { test, mark: (shelf, marks) => testSome(shelf, shelf.beyondAscii, test, marks) };
  const bytes = Buffer.from(wanted, 'latin1');
  const sought = soughtWords(wanted, false);
  return {
    test,
    mark(shelf, marks) {
      const candidates = candidatesOn(shelf, sought);
      // Who has a word that has it, has it.
      if (candidates && sought[0]?.word === wanted) marks.set(candidates);
      else {
        eachFound(shelf, bytes, candidates, (place) => {
          marks[place] = 1;
          return true;
        });
      }
      testSome(shelf, shelf.odd, test, marks);
    },
  };
}

/**
 * A name of SQL, whole.
 *
 * @param names whether a text names it
 */
export function naming(name: string, names: (sql: string) => boolean): SqlSearch {
  const parts = name
    .toLowerCase()
    .split('.')
    .map((part) => part.replaceAll(/["`[\]]/g, ''));
  if (parts.includes('') || !isAscii(name)) return { test: names };
  const longest = parts.reduce((long, part) => (part.length > long.length ? part : long));
  const bytes = Buffer.from(longest, 'latin1');
  const sought = parts.flatMap((part) => soughtWords(part, true));
  const isOneWord = parts.length === 1 && sought[0]?.word === longest;
  return {
    test: names,
    mark(shelf, marks) {
      const doubtful = new Set(shelf.odd);
      const candidates = candidatesOn(shelf, sought);
      // Where all is ASCII, words are what they were taken for; elsewhere what stands beside one may be a letter too.
      if (candidates && isOneWord) takeAscii(shelf, candidates, marks);
      eachFound(shelf, bytes, candidates, (place, at) => {
        if (parts.length > 1) {
          doubtful.add(place);
          return true;
        }
        const ends = [neighbour(shelf, place, at - 1), neighbour(shelf, place, at + bytes.length)];
        if (ends.includes('word')) return false;
        if (ends.includes('beyond ASCII')) doubtful.add(place);
        else marks[place] = 1;
        return true;
      });
      testSome(shelf, doubtful, names, marks);
    },
  };
}

type Neighbour = 'word' | 'other' | 'beyond ASCII';

/** What stands at a byte of a text; nothing does before its start and after its end. */
function neighbour(shelf: SqlShelf, place: number, at: number): Neighbour {
  if (at < shelf.startOf(place) || at >= (shelf.ends[place] ?? 0)) return 'other';
  const byte = shelf.folded[at] ?? 0;
  if (byte >= 0x80) return 'beyond ASCII';
  const isWord = (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte === 0x24;
  return isWord ? 'word' : 'other';
}

/** Texts that may match, marked with 1; undefined where that is not known. */
function candidatesOn(shelf: SqlShelf, sought: readonly SoughtWord[]): Uint8Array | undefined {
  const words = sought.length > 0 ? wordsOf(shelf) : undefined;
  return words?.candidates(sought, shelf.ends.length);
}

/** Marks candidates that are all ASCII, and leaves the others to be looked at. */
function takeAscii({ beyondAscii }: SqlShelf, candidates: Uint8Array, marks: Uint8Array): void {
  marks.set(candidates);
  const doubtful = [...beyondAscii].filter((place) => candidates[place] === 1);
  candidates.fill(0);
  for (const place of doubtful) [candidates[place], marks[place]] = [1, 0];
}

/** Tells of each place where the bytes stand within one text; true goes on to the next text. */
function eachFound(
  shelf: SqlShelf,
  bytes: Buffer,
  candidates: Uint8Array | undefined,
  found: (place: number, at: number) => boolean,
): void {
  if (candidates) {
    for (let place = candidates.indexOf(1); place >= 0; place = candidates.indexOf(1, place + 1)) {
      const start = shelf.startOf(place);
      const text = shelf.folded.subarray(start, shelf.endOf(place));
      let at = text.indexOf(bytes);
      while (at >= 0 && !found(place, start + at)) at = text.indexOf(bytes, at + 1);
    }
    return;
  }
  const { folded, ends } = shelf;
  let place = 0;
  for (let at = folded.indexOf(bytes); at >= 0;) {
    while ((ends[place] ?? Infinity) <= at) place++;
    const end = ends[place] ?? folded.length;
    // What begins in one text and ends in the next stands in neither.
    const isDone = at + bytes.length > end || found(place, at);
    at = folded.indexOf(bytes, isDone && at + bytes.length <= end ? end : at + 1);
  }
}

function testSome(
  shelf: SqlShelf,
  places: ReadonlySet<number>,
  test: (sql: string) => boolean,
  marks: Uint8Array,
): void {
  for (const place of places) marks[place] = test(shelf.text(place)) ? 1 : 0;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') === text.length;
}
