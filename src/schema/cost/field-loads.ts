import type { LoaderName } from '../../loading/forecast.ts';

/** What a field's resolver asks of which loader, for each object it is asked of. */
export interface FieldLoad {
  readonly loader: LoaderName;
  /** Asked once, of however many objects. @default false */
  readonly once?: boolean;
  /** Type of the thing it leads up to: met on the way down, its keys are those. */
  readonly of?: string;
  /** What is known of the thing it leads to without asking. */
  readonly knows?: 'identity' | 'username';
  /** Loaders that it asks for everything besides. */
  readonly besides?: readonly LoaderName[];
  /** It wants no facts that its selection names. @default false */
  readonly bare?: boolean;
}

const up = (loader: LoaderName, type: string): FieldLoad => ({ loader, of: type, knows: 'identity' });

const CREATOR: FieldLoad = { loader: 'members', once: true, knows: 'username' };
const WORKSPACE: FieldLoad = { loader: 'workspace', once: true, bare: true };
const DATA_SOURCES: FieldLoad = { loader: 'dataSources', once: true, bare: true };

/**
 * All fields that ask something of a loader, as their resolvers do; a test sees to it that none is missing. `node`
 * and `nodes` are not here: what they ask for, their ids say.
 */
export const FIELD_LOADS: Readonly<Record<string, FieldLoad>> = {
  'Query.collection': { loader: 'collection' },
  'Query.report': { loader: 'report' },
  'Query.reports': { loader: 'report' },
  'Query.reportQuery': { loader: 'query' },
  'Query.chart': { loader: 'chart' },
  'Query.member': { loader: 'members', once: true },
  'Query.dataSource': DATA_SOURCES,
  'Workspace.token': WORKSPACE,
  'Workspace.modeId': WORKSPACE,
  'Workspace.name': WORKSPACE,
  'Workspace.planCode': WORKSPACE,
  'Workspace.createdAt': WORKSPACE,
  'Workspace.provenance': WORKSPACE,
  'Workspace.defaultDataSource': { ...WORKSPACE, besides: ['dataSources'] },
  'Workspace.collections': { loader: 'collections', once: true },
  'Workspace.reports': { loader: 'allReports', once: true },
  'Workspace.queries': { loader: 'queriesWithinWorkspace', once: true },
  'Workspace.charts': { loader: 'chartsWithinWorkspace', once: true },
  'Workspace.dataSources': DATA_SOURCES,
  'Workspace.members': { loader: 'members', once: true },
  'Collection.creator': CREATOR,
  'Collection.reports': { loader: 'reportsOf' },
  'Collection.queries': { loader: 'queriesWithinCollection' },
  'Collection.charts': { loader: 'chartsWithinCollection' },
  'Report.creator': CREATOR,
  'Report.collection': up('collection', 'Collection'),
  'Report.stats': { loader: 'stats', once: true, bare: true },
  'Report.lastRun': { loader: 'run', knows: 'identity' },
  'Report.queries': { loader: 'queriesOf' },
  'Report.charts': { loader: 'chartsWithinReport' },
  'ReportQuery.creator': CREATOR,
  'ReportQuery.dataSource': DATA_SOURCES,
  'ReportQuery.report': up('report', 'Report'),
  'ReportQuery.charts': { loader: 'chartsOf' },
  'Chart.creator': CREATOR,
  'Chart.query': up('query', 'ReportQuery'),
  'Chart.report': up('report', 'Report'),
  'ReportRun.report': up('report', 'Report'),
  'ImportedDataset.report': { loader: 'report' },
  'DataSource.creator': CREATOR,
  'DataSource.queries': { loader: 'queriesWithinWorkspace', once: true },
  'DataSource.reports': { loader: 'allReports', once: true, besides: ['queriesWithinWorkspace'] },
  'Member.reports': { loader: 'allReports', once: true, besides: ['members'] },
};
