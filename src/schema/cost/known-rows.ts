/** Where the catalog remembers what a field leads to. */
import { collectionIdentity, reportIdentity, reportQueryIdentity, reportRunIdentity } from '../../mode/identities.ts';
import type { DataSourceRecord, MemberRecord } from '../../mode/records.ts';
import type { ListSnapshot } from '../../catalog/list-snapshot.ts';
import type { Recall } from '../../loading/recall.ts';
import type { Thing } from '../../loading/things.ts';

/** The things a field leads to from one; undefined when the catalog cannot tell. */
type Follow<Kind extends Thing['kind']> = (
  from: Extract<Thing, { readonly kind: Kind }>,
  recall: Recall,
) => readonly Thing[] | undefined;

type Relations = { readonly [Kind in Thing['kind']]?: Readonly<Record<string, Follow<Kind>>> };

const RELATIONS: Relations = {
  Workspace: {
    collections: (_, recall) => listedCollections(recall)?.rows,
    reports: (_, recall) => recall.hint('reports')?.rows,
    queries: (_, recall) => recall.hint('queries')?.rows,
    charts: (_, recall) => recall.hint('charts')?.rows,
    members: (_, recall) => (recall.hint('people') ?? recall.hint('members'))?.rows,
    dataSources: (_, recall) => recall.hint('dataSources')?.rows,
  },
  Collection: {
    reports: ({ token }, recall) => below(token, recall.hint('reports'), allCollections(recall)),
    queries: ({ token }, recall) => recall.hint('queries')?.rows.filter((row) => row.collectionToken === token),
    charts: ({ token }, recall) => recall.hint('charts')?.rows.filter((row) => row.collectionToken === token),
  },
  Report: {
    collection({ token, collectionToken, provenance }, recall) {
      if (collectionToken === null) return isRemembered(token, recall.hint('reports')) ? [] : undefined;
      return [allCollections(recall)?.byKey.get(collectionToken) ?? collectionIdentity(collectionToken, provenance)];
    },
    queries: ({ token }, recall) => below(token, recall.hint('queries'), recall.hint('reports')),
    charts({ token }, recall) {
      const queries = below(token, recall.hint('queries'), recall.hint('reports'));
      const charts = recall.hint('charts');
      return charts && queries?.flatMap((query) => charts.byParent.get(query.token) ?? []);
    },
    lastRun({ token, lastRunToken, provenance }, recall) {
      if (lastRunToken !== null) return [reportRunIdentity(token, lastRunToken, provenance)];
      return isRemembered(token, recall.hint('reports')) ? [] : undefined;
    },
  },
  ReportQuery: {
    report,
    charts: ({ token }, recall) => below(token, recall.hint('charts'), recall.hint('queries')),
    dataSource({ dataSourceToken }, recall) {
      const source = dataSourceToken === null ? undefined : recall.hint('dataSources')?.byKey.get(dataSourceToken);
      return source && [source];
    },
  },
  Chart: {
    query: ({ reportToken, queryToken, provenance }, recall) => [
      recall.hint('queries')?.byKey.get(queryToken) ?? reportQueryIdentity(reportToken, queryToken, provenance),
    ],
    report,
  },
  ReportRun: {
    report,
  },
  DataSource: {
    queries: (source, recall) =>
      recall.hint('queries')?.rows.filter(({ dataSourceToken }) => dataSourceToken === source.token),
    reports: (source, recall) => reportsOn(source, recall),
  },
  Member: {
    reports: (member, recall) => reportsBy(member, recall),
  },
};

/** What `field` of a thing leads to, as far as the catalog remembers. */
export function follow(from: Thing, field: string, recall: Recall): readonly Thing[] | undefined {
  const relations = RELATIONS[from.kind] as Readonly<Record<string, Follow<Thing['kind']>>> | undefined;
  return relations && Object.hasOwn(relations, field) ? relations[field]?.(from, recall) : undefined;
}

function allCollections(recall: Recall) {
  return recall.hint('allCollections') ?? recall.hint('collections');
}

/** As `collections` will answer: Discovery leaves out personal ones, and is asked unless REST's list is there. */
function listedCollections(recall: Recall) {
  if (recall.live || recall.held('allCollections')) return allCollections(recall);
  return recall.hint('collections') ?? recall.hint('allCollections');
}

/** The report of something that names it. */
function report({ reportToken, provenance }: InReport, recall: Recall): readonly Thing[] {
  return [recall.hint('reports')?.byKey.get(reportToken) ?? reportIdentity(reportToken, provenance)];
}

type InReport = Pick<Extract<Thing, { readonly reportToken: string }>, 'reportToken' | 'provenance'>;

function isRemembered(token: string, list: ListSnapshot<unknown> | undefined): boolean {
  return list?.byKey.has(token) ?? false;
}

/** The children of a parent; of one made since its list was read, nothing can be told. */
function below<Row extends Thing>(
  parent: string,
  list: ListSnapshot<Row> | undefined,
  parents: ListSnapshot<unknown> | undefined,
): readonly Row[] | undefined {
  const rows = list?.byParent.get(parent);
  if (rows || !list) return rows;
  return parents && !isRemembered(parent, parents) ? undefined : [];
}

function reportsOn(source: DataSourceRecord, recall: Recall): readonly Thing[] | undefined {
  const having = recall.hint('queries')?.rows.filter(({ dataSourceToken }) => dataSourceToken === source.token);
  const tokens = new Set(having?.map(({ reportToken }) => reportToken));
  return having && recall.hint('reports')?.rows.filter(({ token }) => tokens.has(token));
}

function reportsBy({ username, email }: MemberRecord, recall: Recall): readonly Thing[] | undefined {
  const address = (email ?? recall.hint('members')?.byKey.get(username)?.email)?.toLowerCase();
  if (address === undefined) return undefined;
  return recall.hint('reports')?.rows.filter(({ creatorEmail }) => creatorEmail?.toLowerCase() === address);
}
