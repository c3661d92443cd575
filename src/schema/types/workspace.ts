import { whole } from '../../loading/parts.ts';
import { builder } from '../builder.ts';
import {
  ChartOrder,
  CollectionOrder,
  DataSourceOrder,
  MemberOrder,
  ReportOrder,
  ReportQueryOrder,
} from '../connection/order-inputs.ts';
import {
  ChartConnection,
  CollectionConnection,
  DataSourceConnection,
  MemberConnection,
  ReportConnection,
  ReportQueryConnection,
} from '../connections.ts';
import { fact, given } from '../fact.ts';
import { ChartFilter } from '../filters/chart-filter.ts';
import { DataSourceFilter } from '../filters/data-source-filter.ts';
import { MemberFilter } from '../filters/member-filter.ts';
import { CollectionFilter } from '../filters/collection-filter.ts';
import { ReportQueryFilter } from '../filters/report-query-filter.ts';
import { ReportFilter } from '../filters/report-filter.ts';
import { globalId } from '../global-id.ts';
import { GLOBAL_ID, Node } from '../node-interface.ts';
import { chartList, collectionList, dataSourceList, memberList, reportList, reportQueryList } from '../lists.ts';
import { Chart, Collection, DataSource, Member, Report, ReportQuery, Workspace } from '../refs.ts';
import { webAddress } from '../web-address.ts';
import { Provenance } from './provenance.ts';

builder.objectType(Workspace, {
  interfaces: [Node],
  description:
    'A Mode workspace: everything one company keeps in Mode. Mode’s API also calls it an organization or an account.',
  fields: (t) => ({
    id: t.id({ ...GLOBAL_ID, resolve: (workspace) => globalId('Workspace', workspace.username) }),
    username: t.exposeString('username', {
      nullable: false,
      ...given('The workspace’s name in addresses. Known without a call.'),
    }),
    token: t.string({
      ...fact('Mode’s 12-hex name of the workspace.', 'REST'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).token,
    }),
    modeId: t.id({
      ...fact('Mode’s numeric id of the workspace.', 'REST'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).modeId,
    }),
    name: t.string({
      ...fact('The name people see.', 'REST'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).name,
    }),
    planCode: t.string({
      ...fact('The plan the workspace is on, in Mode’s word.', 'REST'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).planCode,
    }),
    createdAt: t.field({
      type: 'DateTime',
      ...fact('When the workspace was made.', 'REST'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).createdAt,
    }),
    defaultDataSource: t.field({
      type: DataSource,
      ...fact('The data source that new queries start with.', 'REST'),
      resolve: async (_, __, { operation }) => {
        const { defaultDataSourceToken } = await operation.load.workspace();
        if (defaultDataSourceToken === null) return null;
        return (await operation.load.dataSources()).find((row) => row.token === defaultDataSourceToken) ?? null;
      },
    }),
    webUrl: t.string({
      nullable: false,
      ...given('The workspace’s page in Mode.'),
      resolve: (_, __, context) => webAddress(context),
    }),
    provenance: t.field({
      type: Provenance,
      ...given('Where the workspace’s own facts came from.'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).provenance,
    }),
    collections: t.connection(
      {
        type: Collection,
        nullable: true,
        ...given('The collections that the gateway’s credential may see. One call for every 30 of them.'),
        args: {
          filter: t.arg({ type: CollectionFilter, description: 'Which collections.' }),
          orderBy: t.arg({ type: CollectionOrder.input, description: 'In which order.' }),
        },
        resolve: ({ username }, args, context, info) =>
          collectionList({
            list: `Workspace.collections:${username}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.collections(wanted),
          }),
      },
      CollectionConnection,
    ),
    reports: t.connection(
      {
        type: Report,
        nullable: true,
        ...given(
          'Every report of every collection. One call for every 1,000 with Discovery. REST has no such list: there all collections are walked, which takes at least two calls for each.',
        ),
        args: {
          filter: t.arg({ type: ReportFilter, description: 'Which reports.' }),
          orderBy: t.arg({ type: ReportOrder.input, description: 'In which order.' }),
        },
        resolve: ({ username }, args, context, info) =>
          reportList({
            list: `Workspace.reports:${username}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.allReports(wanted),
          }),
      },
      ReportConnection,
    ),
    queries: t.connection(
      {
        type: ReportQuery,
        nullable: true,
        ...given('Every query of every report. Without Discovery, one call for every report.'),
        args: {
          filter: t.arg({ type: ReportQueryFilter, description: 'Which queries.' }),
          orderBy: t.arg({ type: ReportQueryOrder.input, description: 'In which order.' }),
        },
        resolve: ({ username }, args, context, info) =>
          reportQueryList({
            list: `Workspace.queries:${username}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.queriesWithin({ kind: 'workspace' }, wanted),
          }),
      },
      ReportQueryConnection,
    ),
    charts: t.connection(
      {
        type: Chart,
        nullable: true,
        ...given('Every chart of every query. Without Discovery, one call for every report and every query.'),
        args: {
          filter: t.arg({ type: ChartFilter, description: 'Which charts.' }),
          orderBy: t.arg({ type: ChartOrder.input, description: 'In which order.' }),
        },
        resolve: ({ username }, args, context, info) =>
          chartList({
            list: `Workspace.charts:${username}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.chartsWithin({ kind: 'workspace' }, wanted),
          }),
      },
      ChartConnection,
    ),
    dataSources: t.connection(
      {
        type: DataSource,
        nullable: true,
        ...given('The database connections of the workspace. One call for all of them.'),
        args: {
          filter: t.arg({ type: DataSourceFilter, description: 'Which data sources.' }),
          orderBy: t.arg({ type: DataSourceOrder.input, description: 'In which order.' }),
        },
        resolve: ({ username }, args, context, info) =>
          dataSourceList({
            list: `Workspace.dataSources:${username}`,
            args,
            context,
            info,
            fetch: async () => whole(await context.operation.load.dataSources()),
          }),
      },
      DataSourceConnection,
    ),
    members: t.connection(
      {
        type: Member,
        nullable: true,
        ...given('The people of the workspace. One call for all of them.'),
        args: {
          filter: t.arg({ type: MemberFilter, description: 'Which members.' }),
          orderBy: t.arg({ type: MemberOrder.input, description: 'In which order.' }),
        },
        resolve: ({ username }, args, context, info) =>
          memberList({
            list: `Workspace.members:${username}`,
            args,
            context,
            info,
            fetch: async (wanted) => whole((await context.operation.load.members(wanted)).rows),
          }),
      },
      MemberConnection,
    ),
  }),
});
