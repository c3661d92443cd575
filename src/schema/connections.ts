import { builder } from './builder.ts';
import { Chart, Collection, DataSource, Member, Report, ReportQuery } from './refs.ts';

/** One connection type for each row type, whichever list it pages. */
export const CollectionConnection = builder.connectionObject(
  { type: Collection, name: 'CollectionConnection', description: 'A page of collections.' },
  { name: 'CollectionEdge', description: 'A collection and its place in a list.' },
);
export const ReportConnection = builder.connectionObject(
  { type: Report, name: 'ReportConnection', description: 'A page of reports.' },
  { name: 'ReportEdge', description: 'A report and its place in a list.' },
);
export const ReportQueryConnection = builder.connectionObject(
  { type: ReportQuery, name: 'ReportQueryConnection', description: 'A page of queries.' },
  { name: 'ReportQueryEdge', description: 'A query and its place in a list.' },
);
export const ChartConnection = builder.connectionObject(
  { type: Chart, name: 'ChartConnection', description: 'A page of charts.' },
  { name: 'ChartEdge', description: 'A chart and its place in a list.' },
);
export const MemberConnection = builder.connectionObject(
  { type: Member, name: 'MemberConnection', description: 'A page of members.' },
  { name: 'MemberEdge', description: 'A member and their place in a list.' },
);
export const DataSourceConnection = builder.connectionObject(
  { type: DataSource, name: 'DataSourceConnection', description: 'A page of data sources.' },
  { name: 'DataSourceEdge', description: 'A data source and its place in a list.' },
);
