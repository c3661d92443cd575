import { builder } from '../builder.ts';
import { CollectionOrder, ReportOrder } from '../connection/order-inputs.ts';
import { CollectionConnection, ReportConnection } from '../connections.ts';
import { fact } from '../fact.ts';
import { CollectionFilter } from '../filters/collection-filter.ts';
import { ReportFilter } from '../filters/report-filter.ts';
import { joinParts } from '../global-id.ts';
import { collectionList, reportList } from '../lists.ts';
import { Collection, DataSource, Member, Report, Workspace } from '../refs.ts';
import { webAddress } from '../web-address.ts';
import { Provenance } from './provenance.ts';

builder.node(Workspace, {
  description:
    'A Mode workspace: everything one company keeps in Mode. Mode’s API also calls it an organization or an account.',
  id: { resolve: (workspace) => joinParts(workspace.username) },
  fields: (t) => ({
    username: t.exposeString('username', {
      nullable: false,
      ...fact('The workspace’s name in addresses. Known without a call.'),
    }),
    token: t.string({
      ...fact('Mode’s 12-hex name of the workspace.'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).token,
    }),
    modeId: t.id({
      ...fact('Mode’s numeric id of the workspace.'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).modeId,
    }),
    name: t.string({
      ...fact('The name people see.'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).name,
    }),
    planCode: t.string({
      ...fact('The plan the workspace is on, in Mode’s word.'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).planCode,
    }),
    createdAt: t.field({
      type: 'DateTime',
      ...fact('When the workspace was made.'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).createdAt,
    }),
    defaultDataSource: t.field({
      type: DataSource,
      ...fact('The data source that new queries start with.'),
      resolve: async (_, __, { operation }) => {
        const { defaultDataSourceToken } = await operation.load.workspace();
        if (defaultDataSourceToken === null) return null;
        return (await operation.load.dataSources()).find((row) => row.token === defaultDataSourceToken) ?? null;
      },
    }),
    webUrl: t.string({
      nullable: false,
      ...fact('The workspace’s page in Mode.'),
      resolve: (_, __, context) => webAddress(context),
    }),
    provenance: t.field({
      type: Provenance,
      ...fact('Where the workspace’s own facts came from.'),
      resolve: async (_, __, { operation }) => (await operation.load.workspace()).provenance,
    }),
    collections: t.connection(
      {
        type: Collection,
        nullable: true,
        ...fact('The collections that the gateway’s credential may see. One call for every 30 of them.'),
        args: {
          filter: t.arg({ type: CollectionFilter, description: 'Which collections.' }),
          orderBy: t.arg({ type: CollectionOrder.input, description: 'In which order.' }),
        },
        resolve: (workspace, args, context) =>
          collectionList(`Workspace.collections:${workspace.username}`, args, context, () =>
            context.operation.load.collections(),
          ),
      },
      CollectionConnection,
    ),
    reports: t.connection(
      {
        type: Report,
        nullable: true,
        ...fact(
          'Every report of every collection. Mode’s REST API has no such list: all collections are walked, which takes at least two calls for each.',
        ),
        args: {
          filter: t.arg({ type: ReportFilter, description: 'Which reports.' }),
          orderBy: t.arg({ type: ReportOrder.input, description: 'In which order.' }),
        },
        resolve: (workspace, args, context) =>
          reportList(`Workspace.reports:${workspace.username}`, args, context, () =>
            context.operation.load.allReports(),
          ),
      },
      ReportConnection,
    ),
    dataSources: t.field({
      type: [DataSource],
      nullable: { list: true, items: false },
      ...fact('The database connections of the workspace. One call.'),
      resolve: (_, __, { operation }) => operation.load.dataSources(),
    }),
    members: t.field({
      type: [Member],
      nullable: { list: true, items: false },
      ...fact('The people of the workspace. One call.'),
      resolve: (_, __, { operation }) => operation.load.members(),
    }),
  }),
});
