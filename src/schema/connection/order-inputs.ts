import type {
  ChartRecord,
  CollectionRecord,
  DataSourceRecord,
  MemberRecord,
  ReportQueryRecord,
  ReportRecord,
} from '../../mode/records.ts';
import type { Source } from '../../loading/plan.ts';
import { builder } from '../builder.ts';
import type { SortValue } from './cursor.ts';
import type { Comparison, Direction } from './order.ts';
import type { RowOrder } from './paginate.ts';

export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which way a list is ordered. Rows without a value come last either way.',
  values: {
    ASC: { description: 'Smallest, earliest or A first.' },
    DESC: { description: 'Largest, latest or Z first.' },
  },
});

interface OrderField<Row> {
  readonly description: string;
  /** Where the value can come from. */
  readonly sources: readonly Source[];
  /** @default text */
  readonly comparison?: Comparison;
  valueOf(row: Row): SortValue;
}

/** Payloads are read into one form of ISO 8601 in UTC, in which moments sort as their characters do. */
const MOMENT = { comparison: 'characters' } as const;

const EITHER: readonly Source[] = ['REST', 'DISCOVERY'];
const REST: readonly Source[] = ['REST'];

export interface OrderArgument<Field extends string> {
  readonly field: Field;
  readonly direction: Direction;
}

/** Declares `{Name}OrderField` and `{Name}Order`, and reads the argument back into a `RowOrder`. */
function orderOf<Row, Field extends string>(
  name: string,
  fields: Readonly<Record<Field, OrderField<Row>>>,
  standard: OrderArgument<Field>,
) {
  const FieldEnum = builder.enumType(`${name}OrderField`, {
    description: `What a list can be ordered by. Without \`orderBy\`: ${standard.field} ${standard.direction}.`,
    values: fields as Record<Field, { description: string }>,
  });
  const input = builder.inputType(`${name}Order`, {
    description: 'The order of a list. Ties are settled by token, so the order is total.',
    fields: (t) => ({
      field: t.field({ type: FieldEnum, required: true, description: 'What to order by.' }),
      direction: t.field({ type: OrderDirection, required: true, defaultValue: 'ASC', description: 'Which way.' }),
    }),
  });
  // Few, and each the same object ever after: a page of lists inside lists reads thousands of them.
  const orders = new Map<string, RowOrder<Row>>();
  return {
    input,
    fields: Object.keys(fields) as unknown as readonly Field[],
    read(argument: OrderArgument<Field> | null | undefined): RowOrder<Row> {
      const { field, direction } = argument ?? standard;
      const name = `${field} ${direction}`;
      let order = orders.get(name);
      if (!order) orders.set(name, (order = { ...fields[field], name: field, direction }));
      return order;
    },
  };
}

export const CollectionOrder = orderOf<CollectionRecord, 'NAME' | 'TYPE'>(
  'Collection',
  {
    NAME: { sources: EITHER, description: 'The name, as people sort names.', valueOf: (row) => row.name },
    TYPE: { sources: EITHER, description: 'The type, by its word.', valueOf: (row) => row.type },
  },
  { field: 'NAME', direction: 'ASC' },
);

export const ReportOrder = orderOf<
  ReportRecord,
  'NAME' | 'CREATED_AT' | 'UPDATED_AT' | 'EDITED_AT' | 'LAST_RUN_AT' | 'LAST_VIEWED_AT' | 'VIEW_COUNT'
>(
  'Report',
  {
    NAME: { sources: EITHER, description: 'The name, as people sort names.', valueOf: (row) => row.name },
    CREATED_AT: {
      ...MOMENT,
      sources: EITHER,
      description: 'When the report was made.',
      valueOf: (row) => row.createdAt,
    },
    UPDATED_AT: {
      ...MOMENT,
      sources: EITHER,
      description: 'When the report last changed.',
      valueOf: (row) => row.updatedAt,
    },
    EDITED_AT: {
      ...MOMENT,
      sources: EITHER,
      description: 'When somebody last edited the report.',
      valueOf: (row) => row.editedAt,
    },
    LAST_RUN_AT: {
      ...MOMENT,
      sources: EITHER,
      description: 'When its last run started.',
      valueOf: (row) => row.lastRunAt,
    },
    LAST_VIEWED_AT: {
      ...MOMENT,
      sources: ['DISCOVERY'],
      description: 'When somebody last viewed it.',
      valueOf: (row) => row.lastViewedAt,
    },
    VIEW_COUNT: {
      sources: ['REST', 'STATS'],
      description: 'How often it was viewed.',
      valueOf: (row) => row.viewCount,
    },
  },
  { field: 'CREATED_AT', direction: 'DESC' },
);

export const ReportQueryOrder = orderOf<ReportQueryRecord, 'NAME' | 'CREATED_AT' | 'UPDATED_AT'>(
  'ReportQuery',
  {
    NAME: { sources: EITHER, description: 'The name, as people sort names.', valueOf: (row) => row.name },
    CREATED_AT: { ...MOMENT, sources: REST, description: 'When the query was made.', valueOf: (row) => row.createdAt },
    UPDATED_AT: {
      ...MOMENT,
      sources: REST,
      description: 'When the query last changed.',
      valueOf: (row) => row.updatedAt,
    },
  },
  { field: 'NAME', direction: 'ASC' },
);

export const ChartOrder = orderOf<ChartRecord, 'TITLE' | 'TYPE' | 'CREATED_AT' | 'UPDATED_AT'>(
  'Chart',
  {
    TITLE: { sources: EITHER, description: 'The title, as people sort names.', valueOf: (row) => row.title },
    TYPE: { sources: EITHER, description: 'The type, by its word.', valueOf: (row) => row.type },
    CREATED_AT: { ...MOMENT, sources: REST, description: 'When the chart was made.', valueOf: (row) => row.createdAt },
    UPDATED_AT: {
      ...MOMENT,
      sources: REST,
      description: 'When the chart last changed.',
      valueOf: (row) => row.updatedAt,
    },
  },
  { field: 'TITLE', direction: 'ASC' },
);

export const MemberOrder = orderOf<MemberRecord, 'NAME' | 'USERNAME' | 'LAST_REPORT_VIEWED_AT'>(
  'Member',
  {
    NAME: { sources: REST, description: 'The name, as people sort names.', valueOf: (row) => row.name },
    USERNAME: { sources: EITHER, description: 'The username.', valueOf: (row) => row.username },
    LAST_REPORT_VIEWED_AT: {
      ...MOMENT,
      sources: ['DISCOVERY'],
      description: 'When the member last viewed a report.',
      valueOf: (row) => row.lastReportViewedAt,
    },
  },
  { field: 'USERNAME', direction: 'ASC' },
);

export const DataSourceOrder = orderOf<DataSourceRecord, 'NAME' | 'CREATED_AT'>(
  'DataSource',
  {
    NAME: { sources: REST, description: 'The name, as people sort names.', valueOf: (row) => row.name },
    CREATED_AT: { ...MOMENT, sources: REST, description: 'When it was connected.', valueOf: (row) => row.createdAt },
  },
  { field: 'NAME', direction: 'ASC' },
);
