import { builder } from '../builder.ts';
import { ChartOrder, ReportOrder, ReportQueryOrder } from '../connection/order-inputs.ts';
import { ChartConnection, ReportConnection, ReportQueryConnection } from '../connections.ts';
import { fact, given } from '../fact.ts';
import { ChartFilter } from '../filters/chart-filter.ts';
import { ReportQueryFilter } from '../filters/report-query-filter.ts';
import { ReportFilter } from '../filters/report-filter.ts';
import { globalId } from '../global-id.ts';
import { GLOBAL_ID, Node } from '../node-interface.ts';
import { chartList, reportList, reportQueryList } from '../lists.ts';
import { resolveMember } from '../members.ts';
import { Chart, Collection, Member, Report, ReportQuery } from '../refs.ts';
import { webAddress } from '../web-address.ts';
import { Provenance } from './provenance.ts';

builder.objectType(Collection, {
  interfaces: [Node],
  description: 'A folder of reports. Mode’s API calls it a space.',
  fields: (t) => ({
    id: t.id({
      ...GLOBAL_ID,
      resolve: ({ token }, _, { operation }) => globalId('Collection', operation.workspace, token),
    }),
    token: t.exposeString('token', { nullable: false, ...given('Mode’s 12-hex name of the collection.') }),
    modeId: t.exposeID('modeId', fact('Mode’s numeric id of the collection.', 'REST', 'DISCOVERY')),
    name: t.exposeString('name', fact('The name people see; some have none.', 'REST', 'DISCOVERY')),
    description: t.exposeString('description', fact('What the collection is for.', 'REST', 'DISCOVERY')),
    type: t.exposeString('type', fact('`custom`, `private` (one member’s own) or `community`.', 'REST', 'DISCOVERY')),
    state: t.exposeString('state', fact('`active`, in Mode’s word.', 'REST')),
    defaultAccessLevel: t.exposeString(
      'defaultAccessLevel',
      fact(
        'What members may do here unless told otherwise: `view`, `edit`, `none` or `restricted`.',
        'REST',
        'DISCOVERY',
      ),
    ),
    freeDefault: t.exposeBoolean(
      'freeDefault',
      fact('Whether it is the default collection of a workspace on the free plan.', 'REST'),
    ),
    viewable: t.exposeBoolean(
      'viewable',
      fact('Mode’s `viewable?`. A list and a single read of one collection may disagree.', 'REST'),
    ),
    creator: t.field({
      type: Member,
      ...fact('Who made the collection.', 'REST'),
      resolve: (row, _, context, info) => resolveMember(row, context, info),
    }),
    webUrl: t.string({
      nullable: false,
      ...given('The collection’s page in Mode.'),
      resolve: ({ token }, _, context) => webAddress(context, 'spaces', token),
    }),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...given('Where these facts came from.'),
    }),
    reports: t.connection(
      {
        type: Report,
        nullable: true,
        ...given(
          'The reports in the collection, archived ones and datasets included. One call for every 30 of them, and one to find the end.',
        ),
        args: {
          filter: t.arg({ type: ReportFilter, description: 'Which reports.' }),
          orderBy: t.arg({ type: ReportOrder.input, description: 'In which order.' }),
        },
        resolve: ({ token }, args, context, info) =>
          reportList({
            list: `Collection.reports:${token}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.reportsOf(token, wanted),
          }),
      },
      ReportConnection,
    ),
    queries: t.connection(
      {
        type: ReportQuery,
        nullable: true,
        ...given('The queries of its reports. Without Discovery, one call for every report.'),
        args: {
          filter: t.arg({ type: ReportQueryFilter, description: 'Which queries.' }),
          orderBy: t.arg({ type: ReportQueryOrder.input, description: 'In which order.' }),
        },
        resolve: ({ token }, args, context, info) =>
          reportQueryList({
            list: `Collection.queries:${token}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.queriesWithin({ kind: 'collection', token }, wanted),
          }),
      },
      ReportQueryConnection,
    ),
    charts: t.connection(
      {
        type: Chart,
        nullable: true,
        ...given('The charts of its reports. Without Discovery, one call for every report and every query.'),
        args: {
          filter: t.arg({ type: ChartFilter, description: 'Which charts.' }),
          orderBy: t.arg({ type: ChartOrder.input, description: 'In which order.' }),
        },
        resolve: ({ token }, args, context, info) =>
          chartList({
            list: `Collection.charts:${token}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.chartsWithin({ kind: 'collection', token }, wanted),
          }),
      },
      ChartConnection,
    ),
  }),
});
