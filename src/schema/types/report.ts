import { andThen } from '../../loading/maybe-promise.ts';
import { collectionIdentity, reportRunIdentity } from '../../mode/identities.ts';
import { builder } from '../builder.ts';
import { ChartOrder, ReportQueryOrder } from '../connection/order-inputs.ts';
import { ChartConnection, ReportQueryConnection } from '../connections.ts';
import { fact, given } from '../fact.ts';
import { wantedOf } from '../facts-wanted.ts';
import { ChartFilter } from '../filters/chart-filter.ts';
import { ReportQueryFilter } from '../filters/report-query-filter.ts';
import { globalId } from '../global-id.ts';
import { GLOBAL_ID, Node } from '../node-interface.ts';
import { chartList, reportQueryList } from '../lists.ts';
import { resolveMember } from '../members.ts';
import { Chart, Collection, Member, Report, ReportQuery, ReportRun } from '../refs.ts';
import { IDENTITY, selectsOnly } from '../selection.ts';
import { webAddress } from '../web-address.ts';
import { ImportedDataset } from './imported-dataset.ts';
import { Provenance } from './provenance.ts';
import { ReportStats } from './report-stats.ts';

builder.objectType(Report, {
  interfaces: [Node],
  description: 'A report: queries, their charts and a layout. A dataset is a report whose `type` is `DatasetReport`.',
  fields: (t) => ({
    id: t.id({
      ...GLOBAL_ID,
      resolve: ({ token }, _, { operation }) => globalId('Report', operation.workspace, token),
    }),
    token: t.exposeString('token', { nullable: false, ...given('Mode’s 12-hex name of the report.') }),
    modeId: t.exposeID('modeId', fact('Mode’s numeric id of the report.', 'REST', 'DISCOVERY')),
    name: t.exposeString('name', fact('The name people see; some have none.', 'REST', 'DISCOVERY')),
    description: t.exposeString(
      'description',
      fact('What the report shows, in its author’s words.', 'REST', 'DISCOVERY'),
    ),
    type: t.exposeString('type', fact('`Report`, or `DatasetReport` for a dataset.', 'REST')),
    archived: t.exposeBoolean('archived', fact('Whether it was put away. Archived reports stay in lists.', 'REST')),
    public: t.exposeBoolean('public', fact('Whether anybody with the address may see it.', 'REST')),
    shared: t.exposeBoolean('shared', fact('Whether it was shared with people outside the workspace.', 'REST')),
    createdAt: t.expose('createdAt', { type: 'DateTime', ...fact('When it was made.', 'REST', 'DISCOVERY') }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', ...fact('When it last changed.', 'REST', 'DISCOVERY') }),
    editedAt: t.expose('editedAt', { type: 'DateTime', ...fact('When somebody last edited it.', 'REST', 'DISCOVERY') }),
    lastSavedAt: t.expose('lastSavedAt', { type: 'DateTime', ...fact('When it was last saved.', 'REST') }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      ...fact('When it was published; null for a draft.', 'REST'),
    }),
    lastSuccessfulSyncAt: t.expose('lastSuccessfulSyncAt', {
      type: 'DateTime',
      ...fact('When it was last synchronised with GitHub.', 'REST'),
    }),
    lastRunAt: t.expose('lastRunAt', {
      type: 'DateTime',
      ...fact('When its last run started; null when it was never run.', 'REST', 'DISCOVERY'),
    }),
    lastSuccessfullyRunAt: t.expose('lastSuccessfullyRunAt', {
      type: 'DateTime',
      ...fact('When its last successful run ended.', 'REST', 'DISCOVERY'),
    }),
    lastSuccessfulRunToken: t.exposeString('lastSuccessfulRunToken', fact('Token of its last successful run.', 'REST')),
    expectedRuntime: t.exposeFloat('expectedRuntime', fact('How long a run is expected to take, in seconds.', 'REST')),
    queryCount: t.exposeInt('queryCount', fact('How many queries it has.', 'REST')),
    chartCount: t.exposeInt('chartCount', fact('How many charts its queries have; null on some datasets.', 'REST')),
    runsCount: t.exposeInt('runsCount', fact('How often it was run.', 'REST')),
    schedulesCount: t.exposeInt('schedulesCount', fact('How many schedules run it.', 'REST', 'STATS')),
    viewCount: t.exposeInt('viewCount', fact('How often it was viewed.', 'REST', 'STATS')),
    maxQueryCount: t.exposeInt('maxQueryCount', fact('How many queries it may have.', 'REST')),
    queryPreview: t.exposeString('queryPreview', fact('The start of its first query, about 120 characters.', 'REST')),
    layout: t.exposeString('layout', fact('Its layout, as HTML of some kilobytes.', 'REST')),
    fullWidth: t.exposeBoolean('fullWidth', fact('Whether it uses the whole width of the page.', 'REST')),
    manualRunDisabled: t.exposeBoolean('manualRunDisabled', fact('Whether viewers are kept from running it.', 'REST')),
    runPrivately: t.exposeBoolean('runPrivately', fact('Whether its runs are seen by their runner only.', 'REST')),
    drilldownsEnabled: t.exposeBoolean('drilldownsEnabled', fact('Whether charts can be drilled into.', 'REST')),
    drillAnywhereEnabled: t.exposeBoolean(
      'drillAnywhereEnabled',
      fact('Whether every field can be drilled into.', 'REST'),
    ),
    embedded: t.exposeBoolean('embedded', fact('Mode’s `is_embedded`: whether it is embedded in other sites.', 'REST')),
    signed: t.exposeBoolean('signed', fact('Mode’s `is_signed`: whether its embedding is signed.', 'REST')),
    themeId: t.exposeID('themeId', fact('Mode’s id of its theme.', 'REST')),
    githubLink: t.exposeString('githubLink', fact('Its file in GitHub, when it is synchronised.', 'REST')),
    webPreviewImage: t.exposeString(
      'webPreviewImage',
      fact('Address of a picture of it. Good for about two minutes only.', 'REST'),
    ),
    importedDatasets: t.expose('importedDatasets', {
      type: [ImportedDataset],
      nullable: { list: true, items: false },
      ...fact('The datasets it builds on.', 'REST'),
    }),
    webUrl: t.string({
      nullable: false,
      ...given('The report’s page in Mode.'),
      resolve: ({ token, webUrl }, _, context) => webUrl ?? webAddress(context, 'reports', token),
    }),
    creator: t.field({
      type: Member,
      ...fact('Who made the report.', 'REST', 'DISCOVERY'),
      resolve: (row, _, context, info) => resolveMember(row, context, info),
    }),
    collection: t.field({
      type: Collection,
      ...fact('The collection it is in; null when that is hidden. Its token and id cost no call.', 'REST', 'DISCOVERY'),
      resolve: ({ collectionToken, provenance }, _, { operation }, info) => {
        if (collectionToken === null) return null;
        if (selectsOnly(info, IDENTITY)) return collectionIdentity(collectionToken, provenance);
        const pointer = { token: collectionToken, from: provenance.source };
        return operation.load.collection(pointer, wantedOf(info));
      },
    }),
    lastRunToken: t.exposeString(
      'lastRunToken',
      fact('Token of its last run; null when it was never run.', 'REST', 'DISCOVERY'),
    ),
    lastRunState: t.exposeString(
      'lastRunState',
      fact('State of its last run, such as `succeeded` or `failed`.', 'DISCOVERY'),
    ),
    lastViewedAt: t.expose('lastViewedAt', {
      type: 'DateTime',
      ...fact('When somebody last viewed it; null when nobody has.', 'DISCOVERY'),
    }),
    stats: t.field({
      type: ReportStats,
      ...given('How it is used, as Discovery counts it; null without Discovery.'),
      resolve: ({ token }, _, { operation }) =>
        andThen(operation.load.stats(), (stats) => stats?.byKey.get(token) ?? null),
    }),
    lastRun: t.field({
      type: ReportRun,
      ...fact('Its last run. One call, but for its token and id.', 'REST', 'DISCOVERY'),
      resolve: ({ token, lastRunToken, provenance }, _, { operation }, info) => {
        if (lastRunToken === null) return null;
        if (selectsOnly(info, IDENTITY)) return reportRunIdentity(token, lastRunToken, provenance);
        return operation.load.run({ report: token, run: lastRunToken });
      },
    }),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...given('Where these facts came from.'),
    }),
    queries: t.connection(
      {
        type: ReportQuery,
        nullable: true,
        ...given('Its queries. One call, or none when `queryCount` is 0.'),
        args: {
          filter: t.arg({ type: ReportQueryFilter, description: 'Which queries.' }),
          orderBy: t.arg({ type: ReportQueryOrder.input, description: 'In which order.' }),
        },
        resolve: ({ token }, args, context, info) =>
          reportQueryList({
            list: `Report.queries:${token}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.queriesOf(token, wanted),
          }),
      },
      ReportQueryConnection,
    ),
    charts: t.connection(
      {
        type: Chart,
        nullable: true,
        ...given('The charts of all its queries. Without Discovery, one call and one for every query.'),
        args: {
          filter: t.arg({ type: ChartFilter, description: 'Which charts.' }),
          orderBy: t.arg({ type: ChartOrder.input, description: 'In which order.' }),
        },
        resolve: ({ token }, args, context, info) =>
          chartList({
            list: `Report.charts:${token}`,
            args,
            context,
            info,
            fetch: (wanted) => context.operation.load.chartsWithin({ kind: 'report', token }, wanted),
          }),
      },
      ChartConnection,
    ),
  }),
});
