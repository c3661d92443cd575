import fc from 'fast-check';
import type { Source } from '../../src/loading/plan.ts';
import type { Recall } from '../../src/loading/recall.ts';
import { chartIdentity, memberIdentity, reportIdentity, reportQueryIdentity } from '../../src/mode/identities.ts';
import type { ChartRecord, ReportQueryRecord, ReportRecord } from '../../src/mode/records.ts';
import { slices } from '../../src/mode/slices.ts';
import { matchingPlaces } from '../../src/schema/connection/matching-places.ts';
import { chartFilter } from '../../src/schema/filters/chart-filter.ts';
import { prepareColumns, type ColumnUse } from '../../src/schema/filters/columns.ts';
import { reportFilter } from '../../src/schema/filters/report-filter.ts';
import { reportQueryFilter } from '../../src/schema/filters/report-query-filter.ts';

const provenance = { source: 'DISCOVERY', asOf: 1 } as const;
const TEXTS = ['Board', 'BOARD k', 'Élan', 'élan', '\u212A', 'ſ', '', ' ', '売上', '\ud800', 'a\nb', 'İ', null];
const EMAILS = ['ada@acme.test', 'ADA@acme.test', 'bob@acme.test', null];
const TIMES = [0, 1, 2, 3].map((days) => new Date(1_700_000_000_000 + days * 86_400_000));

const anyText = fc.constantFrom(...TEXTS);
const anyTime = fc.constantFrom(...TIMES.map((time) => time.toISOString()), null);
const anyEmail = fc.constantFrom(...EMAILS);
const anyToken = fc.constantFrom('a', 'b', 'c', null);

const anyReports = fc.array(
  fc.record({
    name: anyText,
    description: anyText,
    collectionToken: anyToken,
    creatorEmail: anyEmail,
    creatorUsername: fc.constantFrom('ada', 'bob', null),
    updatedAt: anyTime,
    lastViewedAt: anyTime,
    lastRunAt: anyTime,
    lastRunToken: anyToken,
    lastRunState: fc.constantFrom('failed', 'succeeded', null),
    viewCount: fc.option(fc.nat({ max: 5 })),
    schedulesCount: fc.option(fc.nat({ max: 1 })),
  }),
  { maxLength: 40 },
);
const anyQueries = fc.array(
  fc.record({
    name: anyText,
    sql: anyText,
    collectionToken: anyToken,
    creatorEmail: anyEmail,
    dataSourceToken: anyToken,
    dataSourceId: fc.constantFrom(null, null, null, '7'),
  }),
  { maxLength: 40 },
);
const anyCharts = fc.array(fc.record({ title: anyText, type: anyToken, collectionToken: anyToken }), { maxLength: 40 });

const needle = fc.constantFrom('board', 'K', 'k', 'é', 's', ' ', '', '上', '\ud800', 'i', 'nowhere');
const some = fc.subarray(['a', 'b', 'nowhere']);
const people = fc.subarray(['ada', 'ada@acme.test', 'BOB@acme.test', 'nobody']);
const dates = fc.record({ after: fc.constantFrom(...TIMES), before: fc.constantFrom(...TIMES) }, { requiredKeys: [] });
const counts = fc.record({ min: fc.nat({ max: 5 }), max: fc.nat({ max: 5 }) }, { requiredKeys: [] });

const reportConditions = {
  search: needle,
  collections: some,
  creators: people,
  scheduled: fc.boolean(),
  neverRun: fc.boolean(),
  neverViewed: fc.boolean(),
  lastRunStates: fc.subarray(['failed', 'succeeded']),
  viewCount: counts,
  updatedAt: dates,
  lastViewedAt: dates,
};
const queryConditions = { search: needle, sqlContains: needle, collections: some, creators: people, dataSources: some };
const chartConditions = { search: needle, types: some, collections: some };

/** With alternatives, and alternatives of these. */
function filters<Shape extends object>(conditions: { [Field in keyof Shape]: fc.Arbitrary<Shape[Field]> }) {
  const own = fc.record(conditions, { requiredKeys: [] });
  return fc.tuple(own, fc.array(fc.tuple(own, fc.array(own, { maxLength: 1 })), { maxLength: 2 })).map(([all, or]) => ({
    ...all,
    ...(or.length > 0 && { or: or.map(([each, deeper]) => ({ ...each, ...(deeper.length > 0 && { or: deeper }) })) }),
  }));
}

const members = [
  { ...memberIdentity('ada', provenance), email: 'ada@acme.test' },
  { ...memberIdentity('bob', provenance), email: 'bob@acme.test' },
];
const recall = { hint: () => ({ rows: members }) } as unknown as Recall;
const told: ReadonlySet<Source> = new Set<Source>(['DISCOVERY', 'STATS']);

interface Kind<Row, Filter> {
  readonly columns: readonly ColumnUse<Row>[];
  foresee(
    filter: Filter,
    told: ReadonlySet<Source>,
    recall: Recall,
    rows: readonly Row[],
  ): { readonly test: (row: Row) => boolean };
}

/** The same rows with columns and without, each in an array of its own. */
async function expectTheSame<Row, Filter>(kind: Kind<Row, Filter>, rows: readonly Row[], filter: Filter) {
  const [asked, prepared] = [[...rows], [...rows]];
  const places = Uint32Array.from(rows.keys()).reverse();
  await prepareColumns(prepared, kind.columns, slices);
  const one = matchingPlaces(asked, places, kind.foresee(filter, told, recall, asked).test, undefined);
  const other = matchingPlaces(prepared, places, kind.foresee(filter, told, recall, prepared).test, undefined);
  const { test } = kind.foresee(filter, told, recall, asked);
  expect([...one]).toEqual([...places].filter((place) => test(rows[place] as Row)));
  expect([...other]).toEqual([...one]);
}

describe('a filter whose columns are known', () => {
  it('lets the same reports through as one that asks each of them', async () => {
    await fc.assert(
      fc.asyncProperty(anyReports, filters(reportConditions), async (facts, filter) => {
        const rows: ReportRecord[] = facts.map((each, at) => ({ ...reportIdentity(`r${at}`, provenance), ...each }));
        await expectTheSame(reportFilter, rows, filter);
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets the same queries through as one that asks each of them', async () => {
    await fc.assert(
      fc.asyncProperty(anyQueries, filters(queryConditions), async (facts, filter) => {
        const rows: ReportQueryRecord[] = facts.map((each, at) => ({
          ...reportQueryIdentity('r', `q${at}`, provenance),
          ...each,
        }));
        await expectTheSame(reportQueryFilter, rows, filter);
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets the same charts through as one that asks each of them', async () => {
    await fc.assert(
      fc.asyncProperty(anyCharts, filters(chartConditions), async (facts, filter) => {
        const rows: ChartRecord[] = facts.map((each, at) => ({
          ...chartIdentity({ report: 'r', query: 'q' }, `c${at}`, provenance),
          ...each,
        }));
        await expectTheSame(chartFilter, rows, filter);
      }),
      { numRuns: 2_000 },
    );
  });

  it('does so where nearly every row has a value of its own, and texts fill several shelves', async () => {
    const rows: ReportRecord[] = Array.from({ length: 10_000 }, (_, at) => ({
      ...reportIdentity(`r${at}`, provenance),
      name: at % 3 === 0 ? null : `Board ${at}`,
      description: at % 4_099 === 0 ? '\ud800 Board' : null,
      viewCount: (at * 7_919) % 9_973,
    }));
    for (const search of ['board 99', 'BOARD', '\ud800', '7']) {
      await expectTheSame(reportFilter, rows, { search, viewCount: { min: 100, max: 8_000 } });
    }
  });
});
