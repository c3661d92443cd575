import { BARE } from '../../loading/wanted.ts';
import { builder } from '../builder.ts';
import { ReportOrder, ReportQueryOrder } from '../connection/order-inputs.ts';
import { ReportConnection, ReportQueryConnection } from '../connections.ts';
import { given } from '../fact.ts';
import { ReportFilter } from '../filters/report-filter.ts';
import { ReportQueryFilter } from '../filters/report-query-filter.ts';
import { globalId } from '../global-id.ts';
import { GLOBAL_ID, Node } from '../node-interface.ts';
import { reportList, reportQueryList } from '../lists.ts';
import { resolveMember } from '../members.ts';
import { DataSource, Member, Report, ReportQuery } from '../refs.ts';
import { Provenance } from './provenance.ts';

builder.objectType(DataSource, {
  interfaces: [Node],
  description:
    'A database connection. Host, port, user name and connection settings are never read from Mode, so they cannot be asked for.',
  fields: (t) => ({
    id: t.id({
      ...GLOBAL_ID,
      resolve: ({ token }, _, { operation }) => globalId('DataSource', operation.workspace, token),
    }),
    token: t.exposeString('token', { nullable: false, ...given('Mode’s 12-hex name of the data source.') }),
    modeId: t.exposeID('modeId', given('Mode’s numeric id, which REST queries refer to.')),
    name: t.exposeString('name', given('The name people see.')),
    description: t.exposeString('description', given('What it holds.')),
    adapter: t.exposeString('adapter', given('The driver, such as `jdbc:snowflake`.')),
    displayName: t.exposeString('displayName', given('The driver’s name as Mode shows it.')),
    vendor: t.exposeString('vendor', given('Who makes the database.')),
    database: t.exposeString('database', given('Which database of the server it is.')),
    public: t.exposeBoolean('public', given('Whether it is one of Mode’s public data sources.')),
    queryable: t.exposeBoolean('queryable', given('Whether queries can run against it.')),
    asleep: t.exposeBoolean('asleep', given('Whether Mode has put the connection to sleep.')),
    softDeleted: t.exposeBoolean('softDeleted', given('Whether it was deleted while queries still refer to it.')),
    defaultAccessLevel: t.exposeString('defaultAccessLevel', given('What members may do: `View` or `Query`.')),
    createdAt: t.expose('createdAt', { type: 'DateTime', ...given('When it was connected.') }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', ...given('When the connection last changed.') }),
    creator: t.field({
      type: Member,
      ...given('Who connected it.'),
      resolve: (row, _, context, info) => resolveMember(row, context, info),
    }),
    queries: t.connection(
      {
        type: ReportQuery,
        nullable: true,
        ...given('The queries that run against it. Without Discovery, one call for every report of the workspace.'),
        args: {
          filter: t.arg({ type: ReportQueryFilter, description: 'Which queries.' }),
          orderBy: t.arg({ type: ReportQueryOrder.input, description: 'In which order.' }),
        },
        resolve: ({ token, modeId }, args, context, info) =>
          reportQueryList({
            list: `DataSource.queries:${token}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.queriesWithin({ kind: 'workspace' }, wanted),
            belongs: (row) => row.dataSourceToken === token || (modeId !== null && row.dataSourceId === modeId),
          }),
      },
      ReportQueryConnection,
    ),
    reports: t.connection(
      {
        type: Report,
        nullable: true,
        ...given('The reports with a query against it. Without Discovery, one call for every report of the workspace.'),
        args: {
          filter: t.arg({ type: ReportFilter, description: 'Which reports.' }),
          orderBy: t.arg({ type: ReportOrder.input, description: 'In which order.' }),
        },
        resolve: ({ token, modeId }, args, context, info) =>
          reportList({
            list: `DataSource.reports:${token}`,
            args,
            context,
            info,
            async fetch(wanted) {
              const { load } = context.operation;
              const [reports, queries] = await Promise.all([
                load.allReports(wanted),
                load.queriesWithin({ kind: 'workspace' }, BARE),
              ]);
              const own = (queries?.rows ?? []).filter(
                (row) => row.dataSourceToken === token || (modeId !== null && row.dataSourceId === modeId),
              );
              const having = new Set(own.map((row) => row.reportToken));
              return { ...reports, rows: reports.rows.filter((row) => having.has(row.token)) };
            },
          }),
      },
      ReportConnection,
    ),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...given('Where these facts came from.'),
    }),
  }),
});
