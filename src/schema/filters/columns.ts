/**
 * What filters read of the rows of a long list, column by column: going through half a million rows of which each lies somewhere else
 * takes ten times as long. Worked out behind the answers, and anew for each array of rows; as long as it is not, rows are asked.
 */
import { shelveTexts, type TextShelves } from '../../catalog/text-shelves.ts';
import { containing } from '../../catalog/sql-search.ts';
import { madeOnce } from '../../loading/made-once.ts';
import { withoutStats } from '../../loading/reports-with-stats.ts';
import type { Source } from '../../loading/plan.ts';
import type { Slices } from '../../mode/slices.ts';

export type Value = string | number | boolean | null;

/** The same function each time: columns are known by it. */
export type Read<Row> = (row: Row) => Value;

/** What a condition goes by. */
export interface ColumnUse<Row> {
  readonly sources: readonly Source[];
  readonly reads: readonly Read<Row>[];
  /** Looked into, and not compared as a whole. */
  readonly isText?: boolean;
}

interface Column {
  /** Of few values, which of them each row has; undefined when there is one for each row. */
  readonly numbers: Uint32Array | undefined;
  readonly values: readonly Value[];
}

interface Columns {
  readonly values: Map<Read<never>, Column>;
  readonly texts: Map<Read<never>, TextShelves>;
}

/** Beyond so many, most rows have one of their own. */
const FEW = 4_096;

const columnsOf = madeOnce((_: readonly unknown[]): Columns => ({ values: new Map(), texts: new Map() }));

export async function prepareColumns<Row>(
  rows: readonly Row[],
  uses: readonly ColumnUse<Row>[],
  slices: Slices,
): Promise<void> {
  for (const { sources, reads, isText } of uses) {
    const basis = basisOf(rows, sources);
    const { values, texts } = columnsOf(basis);
    for (const read of reads) {
      if (isText === true && !texts.has(read)) texts.set(read, await shelveTexts(basis, textBy(read), slices));
      if (isText !== true && !values.has(read)) values.set(read, await makeColumn(basis, read, slices));
    }
  }
}

/** Rows of which one of the fields passes the test, which is asked once for each value. Undefined when a column is not ready. */
export function marksOfValues<Row>(
  rows: readonly Row[],
  { sources, reads }: ColumnUse<Row>,
  test: (value: Value) => boolean,
): Uint8Array | undefined {
  const { values: known } = columnsOf(basisOf(rows, sources));
  const columns = reads.map((read) => known.get(read));
  if (!columns.every((column) => column !== undefined)) return undefined;
  const marks = new Uint8Array(rows.length);
  for (const { numbers, values } of columns) {
    if (numbers) {
      const passes = Uint8Array.from(values, (value) => (test(value) ? 1 : 0));
      for (let place = 0; place < marks.length; place++) {
        marks[place] = (marks[place] ?? 0) | (passes[numbers[place] ?? 0] ?? 0);
      }
    } else {
      for (let place = 0; place < marks.length; place++) if (test(values[place] ?? null)) marks[place] = 1;
    }
  }
  return marks;
}

/** Rows of which one of the fields has the text in it, case of no matter. */
export function marksOfText<Row>(
  rows: readonly Row[],
  { sources, reads }: ColumnUse<Row>,
  needle: string,
): Uint8Array | undefined {
  const { texts: known } = columnsOf(basisOf(rows, sources));
  const search = containing(needle);
  const columns = reads.map((read) => known.get(read));
  // Where there is no text at all there is not the empty one either; shelves do not tell the two apart.
  if (needle === '' || !columns.every((column) => column !== undefined)) return undefined;
  const marks = new Uint8Array(rows.length);
  for (const column of columns) column.mark(search, marks);
  return marks;
}

/** Statistics change nothing in what does not go by them. */
function basisOf<Row>(rows: readonly Row[], sources: readonly Source[]): readonly Row[] {
  if (sources.includes('STATS')) return rows;
  return (withoutStats(rows) as readonly Row[] | undefined) ?? rows;
}

function textBy<Row>(read: Read<Row>): (row: Row) => string {
  return (row) => {
    const value = read(row);
    return typeof value === 'string' ? value : '';
  };
}

async function makeColumn<Row>(rows: readonly Row[], read: Read<Row>, slices: Slices): Promise<Column> {
  const numberOf = new Map<Value, number>();
  const numbers = new Uint32Array(rows.length);
  for (const [place, row] of rows.entries()) {
    if (slices.isOver) await slices.next();
    const value = read(row);
    let number = numberOf.get(value);
    if (number === undefined) numberOf.set(value, (number = numberOf.size));
    if (numberOf.size > FEW) return { numbers: undefined, values: await readAll(rows, read, slices) };
    numbers[place] = number;
  }
  return { numbers, values: [...numberOf.keys()] };
}

async function readAll<Row>(rows: readonly Row[], read: Read<Row>, slices: Slices): Promise<readonly Value[]> {
  const values: Value[] = [];
  for (const row of rows) {
    if (slices.isOver) await slices.next();
    values.push(read(row));
  }
  return values;
}
