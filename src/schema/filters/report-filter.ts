import type { ReportRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import {
  between,
  COUNTED,
  DISCOVERY,
  EITHER,
  flag,
  madeBy,
  oneOf,
  REST,
  text,
  within,
  type CountRange,
  type DateRange,
} from './conditions.ts';
import { marksOfValues, type ColumnUse } from './columns.ts';
import { filterKind, type Alternatives } from './filter-kind.ts';
import { withMarks } from './row-test.ts';
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
  readonly neverViewed?: boolean | null | undefined;
  readonly lastRunStates?: readonly string[] | null | undefined;
  readonly viewCount?: CountRange | null | undefined;
  readonly createdAt?: DateRange | null | undefined;
  readonly updatedAt?: DateRange | null | undefined;
  readonly lastRunAt?: DateRange | null | undefined;
  readonly lastViewedAt?: DateRange | null | undefined;
}

export const ReportFilter = builder.inputRef<ReportFilterShape & Alternatives<ReportFilterShape>>('ReportFilter');

ReportFilter.implement({
  description:
    'All conditions given must hold; a list holds when one of its values does. Mode lists archived reports among the others: say `archived: false` to leave them out. Conditions that only REST knows (`archived`, `public`, `types`) need every report of the list read from REST.',
  fields: (t) => ({
    search: t.string({ description: 'Text in the name or the description, case of no matter.' }),
    types: t.stringList({ description: '`Report` or `DatasetReport`. Known to REST alone.' }),
    archived: t.boolean({ description: 'Only archived reports, or only those that are not. Known to REST alone.' }),
    public: t.boolean({
      description: 'Only reports shared with the world, or only those that are not. Known to REST alone.',
    }),
    creators: t.stringList({ description: 'Usernames or e-mail addresses of those who made the report.' }),
    collections: t.stringList({ description: 'Tokens of the collections the report is in.' }),
    scheduled: t.boolean({ description: 'Only reports with a schedule, or only those without.' }),
    neverRun: t.boolean({ description: 'Only reports that have never been run, or only those that have.' }),
    neverViewed: t.boolean({
      description: 'Only reports nobody has viewed, or only those somebody has. Known to Discovery alone.',
    }),
    lastRunStates: t.stringList({ description: 'States of the last run, such as `failed`. Known to Discovery alone.' }),
    viewCount: t.field({ type: CountRangeInput, description: 'How often the report was viewed.' }),
    createdAt: t.field({ type: DateRangeInput, description: 'When the report was made.' }),
    updatedAt: t.field({ type: DateRangeInput, description: 'When the report last changed.' }),
    lastRunAt: t.field({ type: DateRangeInput, description: 'When its last run started.' }),
    lastViewedAt: t.field({
      type: DateRangeInput,
      description: 'When somebody last viewed it. Known to Discovery alone.',
    }),
    or: t.field({ type: [ReportFilter], description: 'One of these must hold too.' }),
  }),
});

const IS_VIEWED: ColumnUse<ReportRecord> = { sources: DISCOVERY, reads: [(row) => row.lastViewedAt !== null] };

export const reportFilter = filterKind<ReportRecord, ReportFilterShape>({
  search: text(
    EITHER,
    (row) => row.name,
    (row) => row.description,
  ),
  types: oneOf(REST, (row) => row.type),
  // Rows of datasets may lack the flag: what is not said to be archived is not.
  archived: flag(REST, (row) => row.archived ?? false),
  public: flag(REST, (row) => row.public ?? false),
  creators: madeBy(),
  collections: oneOf(EITHER, (row) => row.collectionToken),
  scheduled: flag(COUNTED, (row) => (row.schedulesCount ?? 0) > 0),
  // Discovery may leave the time out and still name the run.
  neverRun: flag(EITHER, (row) => row.lastRunAt === null && row.lastRunToken === null),
  neverViewed: {
    sources: DISCOVERY,
    column: IS_VIEWED,
    test(wanted, rows) {
      // REST’s rows have no date either: unless Discovery told something, nobody knows who was never viewed.
      const isKnown = rows.some((row) => row.creatorEmail !== null || row.lastViewedAt !== null);
      return withMarks(
        (row) => isKnown && (row.lastViewedAt === null) === wanted,
        (all) => marksOfValues(all, IS_VIEWED, (isViewed) => isKnown && isViewed !== wanted),
      );
    },
  },
  lastRunStates: oneOf(DISCOVERY, (row) => row.lastRunState),
  viewCount: between(COUNTED, (row) => row.viewCount),
  createdAt: within(EITHER, (row) => row.createdAt),
  updatedAt: within(EITHER, (row) => row.updatedAt),
  lastRunAt: within(EITHER, (row) => row.lastRunAt),
  lastViewedAt: within(DISCOVERY, (row) => row.lastViewedAt),
});
