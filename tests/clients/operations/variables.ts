/** What the operations of this folder are asked with: values of the simulated workspace that find something there. */
import type { SimChart, SimCollection, SimMember, SimQuery, SimReport, World } from '../../../src/simulator/index.ts';
import { some } from '../../support/world-order.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** A row of each kind, all of one report, with nothing left out that a filter can ask for. */
interface Example {
  readonly report: SimReport;
  readonly query: SimQuery;
  readonly chart: SimChart;
  readonly collection: SimCollection;
  readonly member: SimMember;
}

function exampleOf(world: World): Example {
  const chart = some(world.charts, ({ reportToken, title }) => {
    const { name, lastRunToken, lastViewedAt } = world.reportByToken.get(reportToken) ?? {};
    return Boolean(name && lastRunToken && lastViewedAt && title);
  });
  const report = some(world.reports, ({ token }) => token === chart.reportToken);
  return {
    chart,
    report,
    query: some(world.queries, ({ token }) => token === chart.queryToken),
    collection: some(world.collections, ({ token }) => token === report.collectionToken),
    member: some(world.members, ({ username }) => username === report.creatorUsername),
  };
}

/** Every condition by itself, taken from a row that it must find, with every order there is beside it. */
function finds(
  conditions: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  unmet: Readonly<Record<string, unknown>>,
): Variables[] {
  const filters = Object.entries(conditions).map(([name, value]) => ({ [name]: value }));
  const orders = fields.flatMap((field) => [{ field }, { field, direction: 'DESC' }]);
  const length = Math.max(filters.length, orders.length) + 1;
  return Array.from({ length }, (_, index) => ({
    // The last joins them: one or another.
    filter: index === length - 1 ? { or: [unmet, ...filters] } : filters[index % filters.length],
    orderBy: orders[index % orders.length],
  }));
}

const EVER = { after: '2000-01-01T00:00:00Z', before: '2100-01-01T00:00:00Z' };

/** By the name of an operation, what to ask it with, each in turn. */
export function variablesFor(world: World): Readonly<Record<string, readonly Variables[]>> {
  const { report, query, chart, collection, member } = exampleOf(world);
  const ofReport = { token: report.token };
  const ofQuery = { reportToken: report.token, token: query.token };
  const source = some(world.dataSources, ({ token }) => token === query.dataSourceToken);
  return {
    WorkspaceAtAGlance: [{}],
    Collections: [
      { first: 2 },
      ...finds(
        {
          creators: [collection.creatorUsername],
          defaultAccessLevels: [collection.defaultAccessLevel],
          types: [collection.type],
          search: collection.name ?? '',
        },
        ['NAME', 'TYPE'],
        { types: ['nothing of the kind'] },
      ),
    ],
    CollectionsFromTheEnd: [{ last: 2 }, { last: 100, before: null }],
    CollectionInFull: [{ token: collection.token }],
    CollectionReports: [{ token: collection.token, last: 3 }],
    CollectionQueries: [{ token: collection.token }, { token: collection.token, filter: { search: query.name ?? '' } }],
    CollectionCharts: [{ token: collection.token, types: [chart.type] }],
    FindReports: finds(
      {
        archived: report.archived,
        collections: [report.collectionToken],
        createdAt: { after: report.createdAt },
        creators: [report.creatorUsername],
        lastRunAt: EVER,
        lastRunStates: [report.lastRunState],
        lastViewedAt: EVER,
        neverRun: false,
        neverViewed: false,
        public: report.public,
        scheduled: report.schedulesCount > 0,
        search: report.name,
        types: [report.type],
        updatedAt: { before: EVER.before },
        viewCount: { min: 0, max: 1_000_000 },
      },
      ['NAME', 'CREATED_AT', 'UPDATED_AT', 'EDITED_AT', 'LAST_RUN_AT', 'LAST_VIEWED_AT', 'VIEW_COUNT'],
      { creators: ['nobody'] },
    ),
    NextReports: [{ first: 3 }],
    ReportInFull: [ofReport],
    ReportSettings: [ofReport],
    ReportHistory: [ofReport],
    ReportUsage: [ofReport],
    ReportCharts: [{ ...ofReport, first: 2 }],
    SeveralReports: [{ tokens: world.reports.slice(0, 5).map(({ token }) => token) }],
    FindQueries: finds(
      {
        collections: [report.collectionToken],
        creators: [query.creatorUsername],
        dataSources: [query.dataSourceToken],
        search: query.name ?? '',
        sqlContains: 'SELECT',
        updatedAt: EVER,
        usesIdentifier: 'select',
      },
      ['NAME', 'CREATED_AT', 'UPDATED_AT'],
      { creators: ['nobody'] },
    ),
    QueryInFull: [ofQuery],
    QueryCharts: [{ ...ofQuery, last: 3 }],
    FindCharts: finds(
      {
        collections: [report.collectionToken],
        creators: [chart.creatorUsername],
        search: chart.title,
        types: [chart.type],
      },
      ['TITLE', 'TYPE', 'CREATED_AT', 'UPDATED_AT'],
      { types: ['nothing of the kind'] },
    ),
    ChartInFull: [{ reportToken: report.token, queryToken: query.token, token: chart.token }],
    Members: [
      { first: 2 },
      ...finds(
        { admin: member.admin, lastReportViewedAt: EVER, search: member.username, states: [member.state] },
        ['NAME', 'USERNAME', 'LAST_REPORT_VIEWED_AT'],
        { states: ['nothing of the kind'] },
      ),
    ],
    MemberInFull: [{ username: member.username }],
    MemberReports: [{ username: member.username, first: 5 }],
    DataSources: finds(
      { adapters: [source.adapter], search: source.name, softDeleted: false },
      ['NAME', 'CREATED_AT'],
      { adapters: ['jdbc:nothing'] },
    ),
    DataSourceInFull: [{ token: source.token }],
    DataSourceDependents: [{ token: source.token, first: 5, sql: 'select' }],
    CatalogHeld: [{}],
    RateLimit: [{}],
  };
}
