import * as z from 'zod';
import {
  discoveryChart,
  discoveryCollection,
  discoveryMember,
  discoveryQuery,
  discoveryReport,
  discoveryStats,
  toDiscoveryChart,
  toDiscoveryCollection,
  toDiscoveryMember,
  toDiscoveryQuery,
  toDiscoveryReport,
  toDiscoveryStats,
} from '../payloads/discovery-rows.ts';
import type {
  ChartRecord,
  CollectionRecord,
  MemberRecord,
  Provenance,
  ReportQueryRecord,
  ReportRecord,
  ReportStatsRecord,
} from '../records.ts';
import type { Slices } from '../slices.ts';

/** The six lists, by our names, and the record each row becomes. */
export interface DiscoveryRows {
  collections: CollectionRecord;
  reports: ReportRecord;
  stats: ReportStatsRecord;
  queries: ReportQueryRecord;
  charts: ChartRecord;
  members: MemberRecord;
}

export type DiscoveryListName = keyof DiscoveryRows;

export const DISCOVERY_LISTS: readonly DiscoveryListName[] = [
  'collections',
  'reports',
  'stats',
  'queries',
  'charts',
  'members',
];

/** How one list is asked for and read. */
export interface DiscoveryList<Row> {
  /** Last segment of its path. */
  readonly segment: string;
  /** Whether it takes `include_spaces=all`, which adds what is in members' personal collections. */
  readonly includesPrivate: boolean;
  /** Checks an answer and turns its rows into records. */
  readonly page: z.ZodType<DiscoveryPage<Row>>;
  /** What tells rows apart. */
  keyOf(row: Row): string;
}

export interface DiscoveryPage<Row> {
  readonly totalPages: number | null;
  readonly totalCount: number | null;
  /**
   * A thousand rows take long to check: done in slices.
   *
   * @param refuse told of the first field that does not fit, and where it is; throws
   */
  toRows(provenance: Provenance, slices: Slices, refuse: (field: string) => never): Promise<Row[]>;
}

const counter = z.coerce
  .number()
  .int()
  .nonnegative()
  .nullish()
  .transform((value) => value ?? null);

const pagination = z
  .object({ total_pages: counter, total_count: counter })
  // Without either nobody can tell a list from its first page, and a thousand rows would pass for all.
  .refine((block) => block.total_pages !== null || block.total_count !== null, { path: ['total_pages'] })
  .transform((block) => ({ totalPages: block.total_pages, totalCount: block.total_count }));

/** What an answer says of how long the list is, apart from its rows. */
export const discoveryCounters = z.object({ pagination });

/** @param keys where the rows may be: Mode's specification and its own example differ about members */
function pageOf<T extends z.ZodType, Row>(
  keys: readonly [string, ...string[]],
  row: T,
  toRecord: (row: z.output<T>, provenance: Provenance) => Row | null,
): z.ZodType<DiscoveryPage<Row>> {
  const lists = Object.fromEntries(keys.map((key) => [key, z.array(z.unknown()).nullish()]));
  return z
    .object({ pagination, ...lists })
    .refine((answer) => keys.some((key) => Array.isArray((answer as Record<string, unknown>)[key])), {
      error: 'has no rows',
      path: [keys[0]],
    })
    .transform((answer) => {
      const lists = answer as Record<string, unknown>;
      const key = keys.find((each) => Array.isArray(lists[each])) ?? keys[0];
      return {
        ...answer.pagination,
        async toRows(provenance, slices, refuse) {
          const rows: Row[] = [];
          for (const [index, each] of ((lists[key] ?? []) as unknown[]).entries()) {
            if (slices.isOver) await slices.next();
            const read = row.safeParse(each);
            if (!read.success) return refuse([key, index, ...(read.error.issues[0]?.path ?? [])].join('.'));
            const record = toRecord(read.data, provenance);
            if (record !== null) rows.push(record);
          }
          return rows;
        },
      };
    });
}

export const LIST_READERS: { readonly [Name in DiscoveryListName]: DiscoveryList<DiscoveryRows[Name]> } = {
  collections: {
    segment: 'spaces',
    includesPrivate: false,
    page: pageOf(['spaces'], discoveryCollection, toDiscoveryCollection),
    keyOf: (row) => row.token,
  },
  reports: {
    segment: 'reports',
    includesPrivate: true,
    page: pageOf(['reports'], discoveryReport, toDiscoveryReport),
    keyOf: (row) => row.token,
  },
  stats: {
    segment: 'report_stats',
    includesPrivate: true,
    page: pageOf(['report_stats'], discoveryStats, toDiscoveryStats),
    keyOf: (row) => row.reportToken,
  },
  queries: {
    segment: 'queries',
    includesPrivate: true,
    page: pageOf(['queries'], discoveryQuery, toDiscoveryQuery),
    keyOf: (row) => row.token,
  },
  charts: {
    segment: 'charts',
    includesPrivate: true,
    page: pageOf(['charts'], discoveryChart, toDiscoveryChart),
    keyOf: (row) => row.token,
  },
  members: {
    segment: 'members',
    includesPrivate: false,
    page: pageOf(['members', 'memberships'], discoveryMember, toDiscoveryMember),
    keyOf: (row) => row.username,
  },
};
