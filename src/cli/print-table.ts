import Table from 'cli-table3';
import { fitWidths } from './fit-widths.ts';
import type { Screen } from './screen.ts';

export interface TableColumn {
  readonly title: string;
  /** Numbers stand to the right. @default left */
  readonly align?: 'left' | 'right';
}

/** A blank on each side of a cell, and a line at the end of each column. */
const AROUND_A_CELL = 3;
const NARROWEST = 5;

/** A table as wide as the screen, at the most: what is longer is cut with `…`. Its texts must be of one line. */
export function printTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { width, canDraw }: Screen,
): string {
  const natural = columns.map(({ title }, place) => widthOf([title, ...rows.map((row) => row[place] ?? '')]));
  const available = width - 1 - columns.length * (AROUND_A_CELL - 2);
  const table = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: fitWidths(natural, available, NARROWEST),
    style: { head: canDraw ? ['bold'] : [], border: canDraw ? ['gray'] : [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return `${table.toString()}\n`;
}

/** Columns on a screen that the widest of these takes, its blanks included: by the measure that then cuts them. */
function widthOf(texts: readonly string[]): number {
  const alone = new Table({ style: { head: [], border: [] } });
  alone.push(...texts.map((text) => [text]));
  return alone.width - 2;
}
