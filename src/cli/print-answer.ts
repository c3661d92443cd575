import type { Output } from './commands/query.ts';
import type { Answer } from './asking/answer.ts';
import type { Question } from './asking/read-question.ts';
import { cleanJson } from './clean-text.ts';
import { printTable } from './print-table.ts';
import { cellText } from './rows/cell-text.ts';
import type { Column } from './rows/columns.ts';
import { findRows, leavesOf, type RowList } from './rows/find-rows.ts';
import { isRecord, type JsonRecord } from './rows/json-record.ts';
import type { Screen } from './screen.ts';
import { counted, grouped } from './words.ts';

export interface Printed {
  /** For standard output. */
  readonly text: string;
  /** What it does not show, for people. */
  readonly notes: readonly string[];
}

/** An answer in the form that was asked for. */
export function printAnswer(output: Output, question: Question, answer: Answer, screen: Screen): Printed {
  const { data } = answer;
  if (output === 'json') return { text: json(answer, 2), notes: [] };
  if (!data) return { text: '', notes: [] };
  const list = findRows(question, data);
  if (output === 'ndjson') return { text: (list?.rows ?? [data]).map((row) => json(row)).join(''), notes: [] };
  return list ? tableOf(list, screen) : { text: tableOfLeaves(leavesOf(question, data), data, screen), notes: [] };
}

function json(value: unknown, indent?: number): string {
  return `${cleanJson(JSON.stringify(value, undefined, indent))}\n`;
}

function tableOf({ path, columns, rows, parent }: RowList, screen: Screen): Printed {
  const head = columns.map(({ title, read }) => ({ title, align: alignOf(rows.map(read)) }));
  const text = printTable(
    head,
    rows.map((row) => columns.map(({ read }) => cellText(read(row)))),
    screen,
  );
  const { totalCount } = parent;
  const count =
    typeof totalCount === 'number'
      ? `${grouped(rows.length)} of ${counted(totalCount, 'row')}`
      : counted(rows.length, 'row');
  const more = hasMore(parent) ? '; there are more: --all reads them' : '';
  return { text, notes: [`${path}: ${count}${more}`] };
}

/** What the page says of itself, under whatever name it was asked. */
function hasMore(parent: JsonRecord): boolean {
  return Object.values(parent).some((value) => isRecord(value) && value.hasNextPage === true);
}

function alignOf(values: readonly unknown[]): 'left' | 'right' {
  const told = values.filter((value) => value !== null && value !== undefined);
  return told.length > 0 && told.every((value) => typeof value === 'number') ? 'right' : 'left';
}

function tableOfLeaves(leaves: readonly Column[], data: JsonRecord, screen: Screen): string {
  const rows = leaves.map(({ title, read }) => [title, cellText(read(data))]);
  return printTable([{ title: 'field' }, { title: 'value' }], rows, screen);
}
