import { collectionIdentity, reportRunIdentity } from '../../mode/identities.ts';
import { builder } from '../builder.ts';
import { ReportQueryOrder } from '../connection/order-inputs.ts';
import { ReportQueryConnection } from '../connections.ts';
import { fact } from '../fact.ts';
import { ReportQueryFilter } from '../filters/report-query-filter.ts';
import { joinParts } from '../global-id.ts';
import { reportQueryList } from '../lists.ts';
import { resolveMember } from '../members.ts';
import { Collection, Member, Report, ReportQuery, ReportRun } from '../refs.ts';
import { IDENTITY, selectsOnly } from '../selection.ts';
import { webAddress } from '../web-address.ts';
import { ImportedDataset } from './imported-dataset.ts';
import { Provenance } from './provenance.ts';

builder.node(Report, {
  description: 'A report: queries, their charts and a layout. A dataset is a report whose `type` is `DatasetReport`.',
  id: { resolve: ({ token }, _, { operation }) => joinParts(operation.workspace, token) },
  fields: (t) => ({
    token: t.exposeString('token', { nullable: false, ...fact('Mode’s 12-hex name of the report.') }),
    modeId: t.exposeID('modeId', fact('Mode’s numeric id of the report.')),
    name: t.exposeString('name', fact('The name people see; some have none.')),
    description: t.exposeString('description', fact('What the report shows, in its author’s words.')),
    type: t.exposeString('type', fact('`Report`, or `DatasetReport` for a dataset.')),
    archived: t.exposeBoolean('archived', fact('Whether it was put away. Archived reports stay in lists.')),
    public: t.exposeBoolean('public', fact('Whether anybody with the address may see it.')),
    shared: t.exposeBoolean('shared', fact('Whether it was shared with people outside the workspace.')),
    createdAt: t.expose('createdAt', { type: 'DateTime', ...fact('When it was made.') }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', ...fact('When it last changed.') }),
    editedAt: t.expose('editedAt', { type: 'DateTime', ...fact('When somebody last edited it.') }),
    lastSavedAt: t.expose('lastSavedAt', { type: 'DateTime', ...fact('When it was last saved.') }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', ...fact('When it was published; null for a draft.') }),
    lastSuccessfulSyncAt: t.expose('lastSuccessfulSyncAt', {
      type: 'DateTime',
      ...fact('When it was last synchronised with GitHub.'),
    }),
    lastRunAt: t.expose('lastRunAt', {
      type: 'DateTime',
      ...fact('When its last run started; null when it was never run.'),
    }),
    lastSuccessfullyRunAt: t.expose('lastSuccessfullyRunAt', {
      type: 'DateTime',
      ...fact('When its last successful run ended.'),
    }),
    lastSuccessfulRunToken: t.exposeString('lastSuccessfulRunToken', fact('Token of its last successful run.')),
    expectedRuntime: t.exposeFloat('expectedRuntime', fact('How long a run is expected to take, in seconds.')),
    queryCount: t.exposeInt('queryCount', fact('How many queries it has.')),
    chartCount: t.exposeInt('chartCount', fact('How many charts its queries have; null on some datasets.')),
    runsCount: t.exposeInt('runsCount', fact('How often it was run.')),
    schedulesCount: t.exposeInt('schedulesCount', fact('How many schedules run it.')),
    viewCount: t.exposeInt('viewCount', fact('How often it was viewed.')),
    maxQueryCount: t.exposeInt('maxQueryCount', fact('How many queries it may have.')),
    queryPreview: t.exposeString('queryPreview', fact('The start of its first query, about 120 characters.')),
    layout: t.exposeString('layout', fact('Its layout, as HTML of some kilobytes.')),
    fullWidth: t.exposeBoolean('fullWidth', fact('Whether it uses the whole width of the page.')),
    manualRunDisabled: t.exposeBoolean('manualRunDisabled', fact('Whether viewers are kept from running it.')),
    runPrivately: t.exposeBoolean('runPrivately', fact('Whether its runs are seen by their runner only.')),
    drilldownsEnabled: t.exposeBoolean('drilldownsEnabled', fact('Whether charts can be drilled into.')),
    drillAnywhereEnabled: t.exposeBoolean('drillAnywhereEnabled', fact('Whether every field can be drilled into.')),
    embedded: t.exposeBoolean('embedded', fact('Mode’s `is_embedded`: whether it is embedded in other sites.')),
    signed: t.exposeBoolean('signed', fact('Mode’s `is_signed`: whether its embedding is signed.')),
    themeId: t.exposeID('themeId', fact('Mode’s id of its theme.')),
    githubLink: t.exposeString('githubLink', fact('Its file in GitHub, when it is synchronised.')),
    webPreviewImage: t.exposeString(
      'webPreviewImage',
      fact('Address of a picture of it. Good for about two minutes only.'),
    ),
    importedDatasets: t.expose('importedDatasets', {
      type: [ImportedDataset],
      nullable: { list: true, items: false },
      ...fact('The datasets it builds on.'),
    }),
    webUrl: t.string({
      nullable: false,
      ...fact('The report’s page in Mode.'),
      resolve: ({ token, webUrl }, _, context) => webUrl ?? webAddress(context, 'reports', token),
    }),
    creator: t.field({
      type: Member,
      ...fact('Who made the report.'),
      resolve: ({ creatorUsername, provenance }, _, context, info) =>
        resolveMember(creatorUsername, provenance, context, info),
    }),
    collection: t.field({
      type: Collection,
      ...fact('The collection it is in; null when that is hidden. Its token and id cost no call.'),
      resolve: ({ collectionToken, provenance }, _, { operation }, info) => {
        if (collectionToken === null) return null;
        if (selectsOnly(info, IDENTITY)) return collectionIdentity(collectionToken, provenance);
        return operation.load.collection(collectionToken);
      },
    }),
    lastRun: t.field({
      type: ReportRun,
      ...fact('Its last run. One call, but for its token and id.'),
      resolve: ({ token, lastRunToken, provenance }, _, { operation }, info) => {
        if (lastRunToken === null) return null;
        if (selectsOnly(info, IDENTITY)) return reportRunIdentity(token, lastRunToken, provenance);
        return operation.load.run({ report: token, run: lastRunToken });
      },
    }),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...fact('Where these facts came from.'),
    }),
    queries: t.connection(
      {
        type: ReportQuery,
        nullable: true,
        ...fact('Its queries. One call, or none when `queryCount` is 0.'),
        args: {
          filter: t.arg({ type: ReportQueryFilter, description: 'Which queries.' }),
          orderBy: t.arg({ type: ReportQueryOrder.input, description: 'In which order.' }),
        },
        resolve: ({ token }, args, context) =>
          reportQueryList(`Report.queries:${token}`, args, context, () => context.operation.load.queriesOf(token)),
      },
      ReportQueryConnection,
    ),
  }),
});
