import type { CallContext } from './call-context.ts';
import type { Http } from './http.ts';
import type {
  ChartRecord,
  CollectionRecord,
  DataSourceRecord,
  MemberRecord,
  ReportQueryRecord,
  ReportRecord,
  ReportRunRecord,
  VerificationRecord,
  WorkspaceRecord,
} from './records.ts';
import { listCharts, readChart, type ChartAddress } from './rest/charts.ts';
import { listCollections, readCollection } from './rest/collections.ts';
import { listDataSources } from './rest/data-sources.ts';
import { listMembers } from './rest/members.ts';
import { listReportQueries, readReportQuery, type QueryAddress } from './rest/report-queries.ts';
import { readReportRun, type RunAddress } from './rest/report-runs.ts';
import { listReports, readReport, type ReportReading } from './rest/reports.ts';
import { readWorkspace, verify } from './rest/workspace.ts';

export type { ChartAddress, QueryAddress, ReportReading, RunAddress };

/** Mode's REST API for one workspace and one credential. Null means hidden, deleted or never there. */
export interface RestClient {
  readonly workspace: string;
  verify(context: CallContext): Promise<VerificationRecord>;
  readWorkspace(context: CallContext): Promise<WorkspaceRecord>;
  listCollections(context: CallContext): Promise<CollectionRecord[]>;
  readCollection(token: string, context: CallContext): Promise<CollectionRecord | null>;
  listReports(collection: string, reading: ReportReading, context: CallContext): Promise<ReportRecord[] | null>;
  readReport(token: string, reading: ReportReading, context: CallContext): Promise<ReportRecord | null>;
  listReportQueries(report: string, context: CallContext): Promise<ReportQueryRecord[] | null>;
  readReportQuery(address: QueryAddress, context: CallContext): Promise<ReportQueryRecord | null>;
  listCharts(address: QueryAddress, context: CallContext): Promise<ChartRecord[] | null>;
  readChart(address: ChartAddress, context: CallContext): Promise<ChartRecord | null>;
  listDataSources(context: CallContext): Promise<DataSourceRecord[]>;
  listMembers(context: CallContext): Promise<MemberRecord[]>;
  readReportRun(address: RunAddress, context: CallContext): Promise<ReportRunRecord | null>;
}

export function createRestClient(http: Http, workspace: string): RestClient {
  const scope = { http, workspace };
  return {
    workspace,
    verify: (context) => verify(scope, context),
    readWorkspace: (context) => readWorkspace(scope, context),
    listCollections: (context) => listCollections(scope, context),
    readCollection: (token, context) => readCollection(scope, token, context),
    listReports: (collection, reading, context) => listReports(scope, collection, reading, context),
    readReport: (token, reading, context) => readReport(scope, token, reading, context),
    listReportQueries: (report, context) => listReportQueries(scope, report, context),
    readReportQuery: (address, context) => readReportQuery(scope, address, context),
    listCharts: (address, context) => listCharts(scope, address, context),
    readChart: (address, context) => readChart(scope, address, context),
    listDataSources: (context) => listDataSources(scope, context),
    listMembers: (context) => listMembers(scope, context),
    readReportRun: (address, context) => readReportRun(scope, address, context),
  };
}
