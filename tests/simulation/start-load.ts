import type { Operation } from '../../src/loading/operation.ts';
import type { RowList } from '../../src/loading/parts.ts';
import { PAGE_SIZE, WANTED, type Facts, type Load } from './load.ts';

/** Rows as a judge looks at them: whatever their kind, by the names of their fields. */
export type Row = Readonly<Record<string, unknown>>;

/** What a load gave. Null where there is no such thing, undefined where nobody can tell. */
export interface Loaded {
  readonly rows: readonly Row[] | null | undefined;
  /** The first page of a list, completed. */
  readonly page?: readonly Row[];
}

/** Asks an operation's loaders as a resolver would: a list's first page is completed. */
export async function startLoad({ load }: Operation, what: Load, facts: Facts): Promise<Loaded> {
  const wanted = WANTED[facts];
  switch (what.kind) {
    case 'report':
      return one(await load.report(what.token, wanted));
    case 'query':
      return one(await load.query(what, wanted));
    case 'chart':
      return one(await load.chart(what, wanted));
    case 'collection':
      return one(await load.collection(what, wanted));
    case 'workspace':
      return one(await load.workspace());
    case 'reportsOf':
      return list(await load.reportsOf(what.token, wanted));
    case 'allReports':
      return list(await load.allReports(wanted));
    case 'queriesOf':
      return list(await load.queriesOf(what.token, wanted));
    case 'chartsOf':
      return list(await load.chartsOf(what, wanted));
    case 'queriesWithin':
      return list(await load.queriesWithin(what.within, wanted));
    case 'chartsWithin':
      return list(await load.chartsWithin(what.within, wanted));
    case 'collections':
      return list(await load.collections(wanted));
    case 'members':
      return { rows: rowsOf((await load.members(wanted)).rows) };
    case 'dataSources':
      return { rows: rowsOf(await load.dataSources()) };
    case 'stats': {
      const snapshot = await load.stats();
      return { rows: snapshot && rowsOf(snapshot.rows) };
    }
  }
}

function one(record: object | null): Loaded {
  return { rows: record && rowsOf([record]) };
}

async function list<Each extends object>(found: RowList<Each> | null): Promise<Loaded> {
  if (!found) return { rows: null };
  return { rows: rowsOf(found.rows), page: rowsOf(await found.complete(found.rows.slice(0, PAGE_SIZE))) };
}

function rowsOf(records: readonly object[]): readonly Row[] {
  return records as readonly Row[];
}
