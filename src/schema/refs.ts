/** A name for each type, apart from its fields, so that files of types may point at one another. */
import type {
  ChartRecord,
  CollectionRecord,
  DataSourceRecord,
  MemberRecord,
  ReportQueryRecord,
  ReportRecord,
  ReportRunRecord,
} from '../mode/records.ts';
import { builder } from './builder.ts';

/** The workspace is known by name; what else there is to say of it is read only when asked. */
export interface WorkspaceShape {
  readonly kind: 'Workspace';
  readonly username: string;
}

export const Workspace = builder.objectRef<WorkspaceShape>('Workspace');
export const Collection = builder.objectRef<CollectionRecord>('Collection');
export const Report = builder.objectRef<ReportRecord>('Report');
export const ReportQuery = builder.objectRef<ReportQueryRecord>('ReportQuery');
export const Chart = builder.objectRef<ChartRecord>('Chart');
export const Member = builder.objectRef<MemberRecord>('Member');
export const DataSource = builder.objectRef<DataSourceRecord>('DataSource');
export const ReportRun = builder.objectRef<ReportRunRecord>('ReportRun');
