import { fieldsOf, type Field, type Fragments } from './fields.ts';
import { isRecord } from './json-record.ts';

/** One leaf of the rows, however deep it lies in them. */
export interface Column {
  /** `name`, `creator.name`. */
  readonly title: string;
  /** Its value in a row; undefined where there is none. */
  read(row: unknown): unknown;
}

/** What holds the rows of a page, and says nothing in a title. */
const HOLDERS = ['nodes', 'edges'];

/**
 * The columns of rows, from what was selected of them, so that an empty list has them too and a null in one row does
 * not hide what another has. Columns of fields that no row has are left out: `@skip` and other types' fragments.
 */
export function columnsOf(list: Field, rows: readonly unknown[], fragments: Fragments): Column[] {
  const columns: Column[] = [];
  const add = (field: Field, path: readonly string[], titles: readonly string[]): void => {
    const read = (row: unknown): unknown => readPath(row, path);
    const isCell = field.selections.length === 0 || isHolder(field) || rows.some((row) => Array.isArray(read(row)));
    if (!isCell) {
      for (const below of fieldsOf(field.selections, fragments)) {
        add(below, [...path, below.key], isHolder(below) ? titles : [...titles, below.key]);
      }
    } else if (rows.length === 0 || rows.some((row) => mayHave(row, path))) {
      columns.push({ title: titles.join('.'), read });
    }
  };
  for (const field of fieldsOf(list.selections, fragments)) {
    const isNode = list.name === 'edges' && field.name === 'node';
    add(field, [field.key], isNode ? [] : [field.key]);
  }
  return columns;
}

/** A list inside the rows: it is one cell of them. */
function isHolder({ name, selections }: Field): boolean {
  return HOLDERS.includes(name) && selections.length > 0;
}

function readPath(row: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), row);
}

/** Whether the row has the field, or might have had it: below a null, nobody can tell. */
function mayHave(row: unknown, path: readonly string[]): boolean {
  let value = row;
  for (const key of path) {
    if (value === null) return true;
    if (!isRecord(value) || !(key in value)) return false;
    value = value[key];
  }
  return true;
}
