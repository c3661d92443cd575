import type { ReportRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { contains, equals, isBetween, isOneOf, isWithin, type CountRange, type DateRange } from './matching.ts';
import { CountRangeInput, DateRangeInput } from './ranges.ts';

export interface ReportFilterShape {
  readonly search?: string | null | undefined;
  readonly types?: readonly string[] | null | undefined;
  readonly archived?: boolean | null | undefined;
  readonly public?: boolean | null | undefined;
  readonly creators?: readonly string[] | null | undefined;
  readonly collections?: readonly string[] | null | undefined;
  readonly scheduled?: boolean | null | undefined;
  readonly neverRun?: boolean | null | undefined;
  readonly viewCount?: CountRange | null | undefined;
  readonly createdAt?: DateRange | null | undefined;
  readonly updatedAt?: DateRange | null | undefined;
  readonly lastRunAt?: DateRange | null | undefined;
}

export const ReportFilter = builder.inputType('ReportFilter', {
  description:
    'All conditions given must hold; a list holds when one of its values does. Mode lists archived reports among the others: say `archived: false` to leave them out.',
  fields: (t) => ({
    search: t.string({ description: 'Text in the name or the description, case of no matter.' }),
    types: t.stringList({ description: '`Report` or `DatasetReport`.' }),
    archived: t.boolean({ description: 'Only archived reports, or only those that are not.' }),
    public: t.boolean({ description: 'Only reports shared with the world, or only those that are not.' }),
    creators: t.stringList({ description: 'Usernames of those who made the report.' }),
    collections: t.stringList({ description: 'Tokens of the collections the report is in.' }),
    scheduled: t.boolean({ description: 'Only reports with a schedule, or only those without.' }),
    neverRun: t.boolean({ description: 'Only reports that have never been run, or only those that have.' }),
    viewCount: t.field({ type: CountRangeInput, description: 'How often the report was viewed.' }),
    createdAt: t.field({ type: DateRangeInput, description: 'When the report was made.' }),
    updatedAt: t.field({ type: DateRangeInput, description: 'When the report last changed.' }),
    lastRunAt: t.field({ type: DateRangeInput, description: 'When its last run started.' }),
  }),
});

export function matchesReport(filter: ReportFilterShape | null | undefined, row: ReportRecord): boolean {
  if (filter == null) return true;
  return (
    contains(filter.search, row.name, row.description) &&
    isOneOf(filter.types, row.type) &&
    // Rows of datasets may lack the flag: what is not said to be archived is not.
    equals(filter.archived, row.archived ?? false) &&
    equals(filter.public, row.public ?? false) &&
    isOneOf(filter.creators, row.creatorUsername) &&
    isOneOf(filter.collections, row.collectionToken) &&
    equals(filter.scheduled, (row.schedulesCount ?? 0) > 0) &&
    equals(filter.neverRun, row.lastRunAt === null) &&
    isBetween(filter.viewCount, row.viewCount) &&
    isWithin(filter.createdAt, row.createdAt) &&
    isWithin(filter.updatedAt, row.updatedAt) &&
    isWithin(filter.lastRunAt, row.lastRunAt)
  );
}
