/**
 * Rows of a list as text, field by field: most fields are empty or the same in a thousand rows, and the names of all of them would
 * else be written and read a thousand times.
 */
import * as z from 'zod';
import type { Sharing as TextSharing } from './shared-texts.ts';

type Sharing = Pick<TextSharing, 'value'>;

const ALONE: Sharing = { value: (_, value) => value };

type Facts = Readonly<Record<string, unknown>>;
type Column = readonly unknown[] | { readonly of: readonly unknown[]; readonly at: readonly unknown[] };

/** An array, whatever is in it: looking at each value takes longer than all the rest. */
const array = z.custom<readonly unknown[]>(Array.isArray);
const column = z.union([array, z.strictObject({ of: array, at: array })]);
const block = z.union([
  z.strictObject({ same: z.record(z.string(), z.unknown()), columns: z.record(z.string(), column) }),
  // Rows that do not all have the same fields.
  z.strictObject({ rows: z.array(z.record(z.string(), z.unknown())) }),
]);

export function textOfRows(rows: readonly object[]): string {
  const facts = rows as readonly Facts[];
  const fields = fieldsInCommon(facts);
  if (!fields) return JSON.stringify({ rows });
  const same: Record<string, unknown> = {};
  const columns: Record<string, Column> = {};
  for (const field of fields) {
    const values = facts.map((row) => row[field]);
    const isOne = isPlain(values[0]) && values.every((value) => value === values[0]);
    same[field] = isOne ? values[0] : null;
    if (!isOne) columns[field] = columnOf(values);
  }
  return JSON.stringify({ same, columns });
}

/**
 * @param count how many rows there should be
 * @param given of all rows, whatever is written of it
 * @param share makes one of values that are alike, field by field
 * @throws for a text of another kind
 */
export function rowsOfText(text: string, count: number, given: Facts = {}, share: Sharing = ALONE): object[] {
  const read = block.parse(JSON.parse(text));
  if ('rows' in read) {
    if (read.rows.length !== count) throw new Error('other rows than were written');
    return read.rows.map((row) => Object.assign(row, given));
  }
  const same = Object.assign(read.same, given);
  for (const field of Object.keys(same)) same[field] = share.value(field, same[field]);
  const columns = Object.entries(read.columns).map(
    ([field, column]) => [field, valuesOf(column, count, (value) => share.value(field, value))] as const,
  );
  return Array.from({ length: count }, (_, place) => {
    // A copy has the shape of what is copied, and fields that are there already change none: rows take no more than they must.
    const row: Record<string, unknown> = { ...same };
    for (const [field, values] of columns) row[field] = values[place];
    return row;
  });
}

/** Undefined when rows differ in their fields, or have one that JSON or an assignment takes for something else. */
function fieldsInCommon([first, ...others]: readonly Facts[]): readonly string[] | undefined {
  if (!first) return undefined;
  const fields = Object.keys(first);
  if (fields.includes('__proto__')) return undefined;
  const isWhole = (row: Facts): boolean => fields.every((field) => row[field] !== undefined);
  const isAlike = (row: Facts): boolean => {
    const keys = Object.keys(row);
    return keys.length === fields.length && keys.every((key, at) => key === fields[at]);
  };
  return isWhole(first) && others.every((row) => isAlike(row) && isWhole(row)) ? fields : undefined;
}

const MOST_DISTINCT = 0.8;

/** The values themselves, or numbers of them where many stand there twice or more. */
function columnOf(values: readonly unknown[]): Column {
  const numbers = new Map<unknown, number>();
  const at: number[] = [];
  for (const value of values) {
    if (!isPlain(value)) return values;
    let number = numbers.get(value);
    if (number === undefined) numbers.set(value, (number = numbers.size));
    if (numbers.size > values.length * MOST_DISTINCT) return values;
    at.push(number);
  }
  return { of: [...numbers.keys()], at };
}

function valuesOf(column: Column, count: number, share: (value: unknown) => unknown): readonly unknown[] {
  const told = 'of' in column ? column.of : column;
  // What is another one in most rows of a block is hardly shared with other blocks, and looking for it takes long.
  const isRare = told.length > count / 2 && !Array.isArray(told[0]);
  const values = isRare ? told : told.map(share);
  const all =
    'of' in column
      ? column.at.map((number) => (Number.isInteger(number) ? values[number as number] : undefined))
      : values;
  if (all.length !== count || ('of' in column && all.includes(undefined)))
    throw new Error('other rows than were written');
  return all;
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}
