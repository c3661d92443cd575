import type { ReportQueryRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { dataSourceToken } from '../data-sources.ts';
import { DISCOVERY, EITHER, identifier, madeBy, oneOf, REST, text, within, type DateRange } from './conditions.ts';
import { filterKind, type Alternatives } from './filter-kind.ts';
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

export const reportQueryFilter = filterKind<ReportQueryRecord, ReportQueryFilterShape>({
  search: text(EITHER, (row) => [row.name]),
  sqlContains: text(EITHER, (row) => [row.sql]),
  usesIdentifier: identifier(EITHER, (row) => row.sql),
  creators: madeBy(),
  collections: oneOf(DISCOVERY, (row) => row.collectionToken),
  dataSources: {
    sources: EITHER,
    async test(tokens, { operation }, rows) {
      const tokenOf = await dataSourceToken(operation, rows);
      const wanted: ReadonlySet<string | null> = new Set(tokens);
      return (row) => wanted.has(tokenOf(row));
    },
  },
  updatedAt: within(REST, (row) => row.updatedAt),
});
