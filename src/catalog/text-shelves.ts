import type { Slices } from '../mode/slices.ts';
import { isUtf8 } from './shelved-queries.ts';
import type { SqlSearch } from './sql-search.ts';
import { SqlShelf } from './sql-shelf.ts';

/** Texts that lie on one shelf. */
const ON_ONE = 4_096;

/** One text of each row of a list, such as its name, where it can be searched as bytes. */
export class TextShelves {
  readonly #shelves: readonly SqlShelf[];
  /** Such as UTF-8 cannot hold, by the place of their row. */
  readonly #strays: ReadonlyMap<number, string>;

  constructor(shelves: readonly SqlShelf[], strays: ReadonlyMap<number, string>) {
    this.#shelves = shelves;
    this.#strays = strays;
  }

  /** Marks with 1 the rows whose text matches; the others stay as they are. */
  mark(search: SqlSearch, marks: Uint8Array): void {
    for (const [index, shelf] of this.#shelves.entries()) {
      const own = new Uint8Array(shelf.ends.length);
      if (search.mark) search.mark(shelf, own);
      else for (let place = 0; place < own.length; place++) own[place] = search.test(shelf.text(place)) ? 1 : 0;
      const start = index * ON_ONE;
      for (let place = own.indexOf(1); place >= 0; place = own.indexOf(1, place + 1)) marks[start + place] = 1;
    }
    for (const [place, text] of this.#strays) if (search.test(text)) marks[place] = 1;
  }
}

export async function shelveTexts<Row>(
  rows: readonly Row[],
  textOf: (row: Row) => string,
  slices: Slices,
): Promise<TextShelves> {
  const shelves: SqlShelf[] = [];
  const strays = new Map<number, string>();
  let texts: string[] = [];
  for (const [place, row] of rows.entries()) {
    if (slices.isOver) await slices.next();
    const text = textOf(row);
    const isStray = !isUtf8(text);
    if (isStray) strays.set(place, text);
    texts.push(isStray ? '' : text);
    if (texts.length < ON_ONE && place < rows.length - 1) continue;
    shelves.push(SqlShelf.of(texts));
    texts = [];
  }
  return new TextShelves(shelves, strays);
}
