import type { Countable } from '../../loading/known-sizes.ts';
import type { Recall } from '../../loading/recall.ts';
import type { Thing } from '../../loading/things.ts';
import type { Wanted } from '../../loading/wanted.ts';
import type { PageLimits } from '../connection/page-arguments.ts';
import type { Selection } from '../facts-wanted.ts';
import type { ForeseenPage } from '../foresee-page.ts';
import { chartList, collectionList, dataSourceList, memberList, reportList, reportQueryList } from '../lists.ts';

/** What is asked of a list of any kind. */
interface Question {
  /** Names the list and its parent. */
  readonly list: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: { readonly limits: PageLimits };
}

/** A list whose arguments GraphQL has made sure of. */
export interface ListKind {
  wanted(args: Question['args'], selection: Selection, pageSize: number): Wanted;
  check(question: Question): void;
  foresee(question: Question, rows: readonly Thing[], recall: Recall): ForeseenPage<Thing>;
}

/** Lists by the type of their rows. */
export const LISTS: Readonly<Record<string, ListKind>> = {
  Collection: collectionList,
  Report: reportList,
  ReportQuery: reportQueryList,
  Chart: chartList,
  Member: memberList,
  DataSource: dataSourceList,
};

export const COUNTED: Readonly<Record<string, Countable>> = {
  Collection: 'collections',
  Report: 'reports',
  ReportQuery: 'queries',
  Chart: 'charts',
  Member: 'members',
  DataSource: 'dataSources',
};

/** The list of a connection's rows; undefined for what is no connection. */
export function listOfRows(connection: string): { readonly row: string; readonly kind: ListKind } | undefined {
  const row = connection.replace(/Connection$/, '');
  const kind = Object.hasOwn(LISTS, row) ? LISTS[row] : undefined;
  return kind && { row, kind };
}
