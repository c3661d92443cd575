import type { ReportQueryRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { dataSourceToken, isNamedById } from '../data-sources.ts';
import {
  DISCOVERY,
  EITHER,
  madeBy,
  oneOf,
  REST,
  sqlIdentifier,
  sqlText,
  text,
  within,
  type DateRange,
} from './conditions.ts';
import { marksOfValues, type ColumnUse, type Value } from './columns.ts';
import { filterKind, type Alternatives } from './filter-kind.ts';
import { withMarks } from './row-test.ts';
import { DateRangeInput } from './ranges.ts';

export interface ReportQueryFilterShape {
  readonly search?: string | null | undefined;
  readonly sqlContains?: string | null | undefined;
  readonly usesIdentifier?: string | null | undefined;
  readonly creators?: readonly string[] | null | undefined;
  readonly collections?: readonly string[] | null | undefined;
  readonly dataSources?: readonly string[] | null | undefined;
  readonly updatedAt?: DateRange | null | undefined;
}

export const ReportQueryFilter = builder.inputRef<ReportQueryFilterShape & Alternatives<ReportQueryFilterShape>>(
  'ReportQueryFilter',
);

ReportQueryFilter.implement({
  description: 'All conditions given must hold; a list holds when one of its values does.',
  fields: (t) => ({
    search: t.string({ description: 'Text in the name, case of no matter.' }),
    sqlContains: t.string({ description: 'Text in the SQL, case of no matter.' }),
    usesIdentifier: t.string({
      description:
        'A table, column or function that the SQL names, whole and case of no matter: `orders` finds `analytics.orders`, not `reorders`.',
    }),
    creators: t.stringList({ description: 'Usernames or e-mail addresses of those who made the query.' }),
    collections: t.stringList({ description: 'Tokens of the collections its report is in. Known to Discovery alone.' }),
    dataSources: t.stringList({ description: 'Tokens of the data sources it runs against.' }),
    updatedAt: t.field({ type: DateRangeInput, description: 'When the query last changed. Known to REST alone.' }),
    or: t.field({ type: [ReportQueryFilter], description: 'One of these must hold too.' }),
  }),
});

const DATA_SOURCE: ColumnUse<ReportQueryRecord> = { sources: EITHER, reads: [(row) => row.dataSourceToken] };

const isIn =
  (wanted: ReadonlySet<string | null>) =>
  (value: Value): boolean =>
    value === null || typeof value === 'string' ? wanted.has(value) : false;

export const reportQueryFilter = filterKind<ReportQueryRecord, ReportQueryFilterShape>({
  search: text(EITHER, (row) => row.name),
  sqlContains: sqlText(EITHER),
  usesIdentifier: sqlIdentifier(EITHER),
  creators: madeBy(),
  collections: oneOf(DISCOVERY, (row) => row.collectionToken),
  dataSources: {
    sources: EITHER,
    column: DATA_SOURCE,
    async lookUp(tokens, { operation }, rows) {
      const tokenOf = await dataSourceToken(operation, rows);
      const wanted: ReadonlySet<string | null> = new Set(tokens);
      return withMarks(
        (row) => wanted.has(tokenOf(row)),
        (all) => (isNamedById(all) ? undefined : marksOfValues(all, DATA_SOURCE, isIn(wanted))),
      );
    },
    foresee(tokens, _, rows) {
      // Discovery’s rows name it by token.
      if (isNamedById(rows)) return undefined;
      const wanted: ReadonlySet<string | null> = new Set(tokens);
      return withMarks(
        (row) => wanted.has(row.dataSourceToken),
        (all) => marksOfValues(all, DATA_SOURCE, isIn(wanted)),
      );
    },
  },
  updatedAt: within(REST, (row) => row.updatedAt),
});
