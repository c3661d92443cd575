import type { ReportQueryRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { contains, isOneOf, isWithin, type DateRange } from './matching.ts';
import { DateRangeInput } from './ranges.ts';

export interface ReportQueryFilterShape {
  readonly search?: string | null | undefined;
  readonly sqlContains?: string | null | undefined;
  readonly creators?: readonly string[] | null | undefined;
  readonly dataSourceModeIds?: readonly string[] | null | undefined;
  readonly updatedAt?: DateRange | null | undefined;
}

export const ReportQueryFilter = builder.inputType('ReportQueryFilter', {
  description: 'All conditions given must hold; a list holds when one of its values does.',
  fields: (t) => ({
    search: t.string({ description: 'Text in the name, case of no matter.' }),
    sqlContains: t.string({ description: 'Text in the SQL, case of no matter.' }),
    creators: t.stringList({ description: 'Usernames of those who made the query.' }),
    dataSourceModeIds: t.idList({ description: 'Mode ids (`modeId`) of the data sources it runs against.' }),
    updatedAt: t.field({ type: DateRangeInput, description: 'When the query last changed.' }),
  }),
});

export function matchesReportQuery(filter: ReportQueryFilterShape | null | undefined, row: ReportQueryRecord): boolean {
  if (filter == null) return true;
  return (
    contains(filter.search, row.name) &&
    contains(filter.sqlContains, row.sql) &&
    isOneOf(filter.creators, row.creatorUsername) &&
    isOneOf(filter.dataSourceModeIds, row.dataSourceId) &&
    isWithin(filter.updatedAt, row.updatedAt)
  );
}
