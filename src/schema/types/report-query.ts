import { andThen } from '../../loading/maybe-promise.ts';
import { reportIdentity } from '../../mode/identities.ts';
import type { DataSourceRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { ChartOrder } from '../connection/order-inputs.ts';
import { ChartConnection } from '../connections.ts';
import { fact, given } from '../fact.ts';
import { wantedOf } from '../facts-wanted.ts';
import { ChartFilter } from '../filters/chart-filter.ts';
import { globalId } from '../global-id.ts';
import { GLOBAL_ID, Node } from '../node-interface.ts';
import { chartList } from '../lists.ts';
import { resolveMember } from '../members.ts';
import { Chart, DataSource, Member, Report, ReportQuery } from '../refs.ts';
import { IDENTITY, selectsOnly } from '../selection.ts';
import { webAddress } from '../web-address.ts';
import { Provenance } from './provenance.ts';

builder.objectType(ReportQuery, {
  interfaces: [Node],
  description:
    'A SQL query of a report. Mode calls it a query; the type is not named `Query` because that is GraphQL’s root, and client caches such as Apollo’s merge every object of that name into it.',
  fields: (t) => ({
    id: t.id({
      ...GLOBAL_ID,
      resolve: ({ reportToken, token }, _, { operation }) =>
        globalId('ReportQuery', operation.workspace, reportToken, token),
    }),
    token: t.exposeString('token', { nullable: false, ...given('Mode’s 12-hex name of the query.') }),
    modeId: t.exposeID('modeId', fact('Mode’s numeric id of the query.', 'REST', 'DISCOVERY')),
    name: t.exposeString('name', fact('The name people see; some have none.', 'REST', 'DISCOVERY')),
    sql: t.exposeString(
      'sql',
      fact('The SQL as written, with its Liquid templates. Mode’s `raw_query`.', 'REST', 'DISCOVERY'),
    ),
    createdAt: t.expose('createdAt', { type: 'DateTime', ...fact('When it was made.', 'REST') }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', ...fact('When it last changed.', 'REST') }),
    lastRunId: t.exposeID('lastRunId', fact('Mode’s numeric id of its last run; too large for an `Int`.', 'REST')),
    explorationsCount: t.exposeInt('explorationsCount', fact('How many explorations start from it.', 'REST')),
    reportImportsCount: t.exposeInt(
      'reportImportsCount',
      fact('How many reports import it, for a dataset’s query.', 'REST'),
    ),
    dbtMetricId: t.exposeID('dbtMetricId', fact('Mode’s id of the dbt metric it reads, if any.', 'REST')),
    dbtMetricToken: t.exposeString('dbtMetricToken', fact('Token of the dbt metric it reads, if any.', 'REST')),
    dataSourceModeId: t.exposeID('dataSourceId', fact('Mode’s numeric id of its data source. Costs no call.', 'REST')),
    dataSource: t.field({
      type: DataSource,
      ...fact(
        'The database it runs against; null when hidden. One call for all queries of an operation.',
        'REST',
        'DISCOVERY',
      ),
      resolve: ({ dataSourceId, dataSourceToken }, _, { operation }) => {
        if (dataSourceId === null && dataSourceToken === null) return null;
        const isIts = (row: DataSourceRecord): boolean =>
          dataSourceToken === null ? row.modeId === dataSourceId : row.token === dataSourceToken;
        return andThen(operation.load.dataSources(), (sources) => sources.find(isIts) ?? null);
      },
    }),
    creator: t.field({
      type: Member,
      ...fact('Who made the query.', 'REST', 'DISCOVERY'),
      resolve: (row, _, context, info) => resolveMember(row, context, info),
    }),
    report: t.field({
      type: Report,
      ...given('The report it belongs to. Its token and id cost no call.'),
      resolve: ({ reportToken, provenance }, _, { operation }, info) =>
        selectsOnly(info, IDENTITY)
          ? reportIdentity(reportToken, provenance)
          : operation.load.report(reportToken, wantedOf(info)),
    }),
    webUrl: t.string({
      nullable: false,
      ...given('The query’s page in Mode.'),
      resolve: ({ reportToken, token }, _, context) => webAddress(context, 'reports', reportToken, 'queries', token),
    }),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...given('Where these facts came from.'),
    }),
    charts: t.connection(
      {
        type: Chart,
        nullable: true,
        ...given('Its charts. One call, or none when the report is known to have no charts.'),
        args: {
          filter: t.arg({ type: ChartFilter, description: 'Which charts.' }),
          orderBy: t.arg({ type: ChartOrder.input, description: 'In which order.' }),
        },
        resolve: ({ reportToken, token }, args, context, info) =>
          chartList({
            list: `ReportQuery.charts:${token}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.chartsOf({ report: reportToken, query: token }, wanted),
          }),
      },
      ChartConnection,
    ),
  }),
});
