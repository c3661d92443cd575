import type { SelectionSetNode } from 'graphql';
import type { Question } from '../asking/read-question.ts';
import { columnsOf, type Column } from './columns.ts';
import { fieldsOf, fragmentsOf, type Fragments } from './fields.ts';
import { isRecord, type JsonRecord } from './json-record.ts';

/** The first list in an answer, as a table. */
export interface RowList {
  /** Where it stands: `workspace.reports.nodes`. */
  readonly path: string;
  readonly columns: readonly Column[];
  /** As they were answered. */
  readonly rows: readonly unknown[];
  /** The connection it is a page of, or whatever else it stands in. */
  readonly parent: JsonRecord;
}

type Asked = Pick<Question, 'document' | 'operation'>;

/** Undefined when there is no list of objects in it. */
export function findRows({ document, operation }: Asked, data: JsonRecord): RowList | undefined {
  return find([operation.selectionSet], data, [], fragmentsOf(document));
}

function find(
  selections: readonly SelectionSetNode[],
  parent: JsonRecord,
  path: readonly string[],
  fragments: Fragments,
): RowList | undefined {
  for (const field of fieldsOf(selections, fragments)) {
    const value = parent[field.key];
    const here = [...path, field.key];
    if (field.selections.length === 0) continue;
    if (Array.isArray(value)) {
      const rows: readonly unknown[] = value;
      return { path: here.join('.'), columns: columnsOf(field, rows, fragments), rows, parent };
    }
    const below = isRecord(value) ? find(field.selections, value, here, fragments) : undefined;
    if (below) return below;
  }
  return undefined;
}

/** The fields of an answer that has no list, one for each leaf. */
export function leavesOf({ document, operation }: Asked, data: JsonRecord): Column[] {
  const whole = { key: '', name: '', selections: [operation.selectionSet] };
  return columnsOf(whole, [data], fragmentsOf(document));
}
