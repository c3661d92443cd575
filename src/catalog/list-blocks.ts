/** What a stored list says of its rows: blocks of text, and beside those of queries the shelf on which their SQL lies. */
import type { Provenance, ReportQueryRecord } from '../mode/records.ts';
import type { Slices } from '../mode/slices.ts';
import type { CatalogListName, CatalogRows } from './catalog-lists.ts';
import type { ListBlock } from './list-file.ts';
import { rowsOfText, textOfRows } from './row-columns.ts';
import { createSharing } from './shared-texts.ts';
import { ON_SHELF, onShelf, takeFromShelf } from './shelved-queries.ts';
import { SqlShelf, type Shelved } from './sql-shelf.ts';

type AnyRow = CatalogRows[CatalogListName];

/** Rows of a block, and characters and bytes of one: whichever comes first. */
const ROWS = 1_000;
const SIZE = 1_048_576;

export async function* blocksOf(rows: readonly AnyRow[], slices: Slices): AsyncGenerator<ListBlock> {
  let facts: object[] = [];
  let shelved: Shelved[] = [];
  let size = 0;
  const block = (): ListBlock => {
    const text = Buffer.from(textOfRows(facts), 'utf8');
    const shelf = shelved.length > 0 ? sectionsOf(SqlShelf.gathered(shelved)) : [];
    const done = { rows: facts.length, sections: [text, ...shelf] };
    [facts, shelved, size] = [[], [], 0];
    return done;
  };
  for (const row of rows) {
    if (slices.isOver) await slices.next();
    const told: Told = row.kind === 'ReportQuery' ? factsOfQuery(row, shelved) : { ...row, provenance: null };
    size += sizeOf(told);
    const last = told.sql === ON_SHELF ? shelved.at(-1) : undefined;
    if (last) size += last.shelf.endOf(last.place) - last.shelf.startOf(last.place);
    facts.push(told);
    if (facts.length === ROWS || size >= SIZE) yield block();
  }
  if (facts.length > 0) yield block();
}

/** @param provenance of all rows, which is not written */
export function createBlockReader<Name extends CatalogListName>(
  name: Name,
  provenance: Provenance,
): (block: ListBlock) => CatalogRows[Name][] {
  const sharing = createSharing(name);
  return ({ rows: count, sections: [text, ...shelf] }) => {
    const told = rowsOfText(text?.toString('utf8') ?? '', count, { provenance }, sharing) as CatalogRows[Name][];
    if (name !== 'queries') return told;
    const beside = shelf.length === 0 ? undefined : shelfOf(shelf);
    return takeFromShelf(told as ReportQueryRecord[], beside) as CatalogRows[Name][];
  };
}

type Told = Readonly<Record<string, unknown>>;

/** Fields in one order, wherever the SQL lies. */
function factsOfQuery(row: ReportQueryRecord, shelved: Shelved[]): Told {
  const at = onShelf(row, (shelf, place) => ({ shelf, place }));
  if (at) {
    shelved.push(at);
    return { ...row, provenance: null, sql: ON_SHELF };
  }
  const { sql, ...facts } = row;
  return { ...facts, provenance: null, sql };
}

/** Characters of the texts in it, about. */
function sizeOf(facts: Told): number {
  let size = 0;
  for (const value of Object.values(facts)) if (typeof value === 'string') size += value.length;
  return size;
}

function sectionsOf({ parts: { folded, ends, capitals, flags } }: SqlShelf): Buffer[] {
  return [folded, ...[ends, capitals, flags].map((each) => Buffer.from(each.buffer, each.byteOffset, each.byteLength))];
}

/** @throws when the sections do not fit each other */
function shelfOf([folded, ends, capitals, flags]: readonly Buffer[]): SqlShelf {
  if (!folded || !ends || !capitals || !flags) throw new Error('a shelf lacks a part');
  const parts = {
    folded,
    ends: new Uint32Array(ends.buffer, ends.byteOffset, flags.length),
    capitals: new Uint8Array(capitals.buffer, capitals.byteOffset, capitals.length),
    flags: new Uint8Array(flags.buffer, flags.byteOffset, flags.length),
  };
  const isAscending = parts.ends.every((end, at) => end >= (parts.ends[at - 1] ?? 0));
  const isFitting = parts.ends.at(-1) === folded.length && capitals.length === (folded.length + 7) >>> 3;
  if (!isAscending || !isFitting || ends.length !== 4 * flags.length)
    throw new Error('a shelf is not what was written');
  return new SqlShelf(parts);
}
