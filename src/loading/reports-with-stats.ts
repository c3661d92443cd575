/**
 * The list of reports with what the statistics know of each. The same rows and arrays each time, for the same ones: orders
 * and filtered lists that are kept go by the arrays. What a refresh left as it was stays merged.
 */
import { bequeath, bequeathOfLookup, passOnAll } from '../catalog/heirlooms.ts';
import type { ListSnapshot, Lookup } from '../catalog/list-snapshot.ts';
import { GONE } from '../catalog/succession.ts';
import type { Provenance, ReportRecord, ReportStatsRecord } from '../mode/records.ts';
import type { Slices } from '../mode/slices.ts';
import { madeOnce, madeOnceOfTwo } from './made-once.ts';
import { mergeReport } from './merge.ts';

type Reports = ListSnapshot<ReportRecord>;
type Stats = ListSnapshot<ReportStatsRecord>;
type StatsLookup = Lookup<ReportStatsRecord>;
type Rows = readonly ReportRecord[];

/** Of shorter lists it costs less to merge and order them anew than to look after them. */
const LONG = 2_000;

interface Merged {
  readonly stats: ReportStatsRecord;
  readonly row: ReportRecord;
}

/** What each report was merged with last. */
const mergedOf = new WeakMap<ReportRecord, Merged>();

/** By the statistics, lists of reports as they were merged with them. */
const listsOf = madeOnce((_: StatsLookup) => new WeakMap<Rows, Rows>());

/** The reports that a merged list was made of. */
const plainOf = new WeakMap<Rows, Rows>();

/** The same reports at the same places without statistics, for whatever does not go by them. */
export function withoutStats(rows: readonly unknown[]): readonly unknown[] | undefined {
  return plainOf.get(rows as Rows);
}

/** Adds what the statistics know of reports. */
export function withStats({ byKey }: Stats): { row(report: ReportRecord): ReportRecord; rows(reports: Rows): Rows } {
  return {
    row: (report) => merge(report, byKey.get(report.token)),
    rows(reports) {
      const known = listsOf(byKey).get(reports);
      if (known) return known;
      const merged = reports.map((report) => merge(report, byKey.get(report.token)));
      remember(reports, byKey, merged);
      return merged;
    },
  };
}

/** Makes ready what `reportsWithStats` would else merge when it is first asked for all. */
export async function prepareWithStats(
  { rows }: Reports,
  { byKey }: Stats,
  slices: Slices,
  isCurrent: () => boolean,
): Promise<Rows | undefined> {
  const merged = listsOf(byKey).get(rows) ?? (await mergeAll(rows, byKey, slices));
  // Else what was worked out of the newer ones meanwhile would not be passed on to those after them.
  if (!isCurrent()) return undefined;
  if (!listsOf(byKey).has(rows)) remember(rows, byKey, merged);
  return listsOf(byKey).get(rows) ?? merged;
}

export const reportsWithStats = madeOnceOfTwo((reports: Reports, stats: Stats): Reports => {
  const { row: merged, rows: mergedList } = withStats(stats);
  return {
    get rows() {
      return mergedList(reports.rows);
    },
    byKey: {
      has: (token) => reports.byKey.has(token),
      get: (token) => {
        const row = reports.byKey.get(token);
        return row && merged(row);
      },
    },
    byParent: {
      has: (token) => reports.byParent.has(token),
      get: (token) => {
        const list = reports.byParent.get(token);
        return list && mergedList(list);
      },
    },
    asOf: reports.asOf,
    pages: reports.pages,
  };
});

function merge(report: ReportRecord, stats: ReportStatsRecord | undefined): ReportRecord {
  if (!stats) return report;
  const known = mergedOf.get(report);
  if (known?.stats === stats) return known.row;
  const row: ReportRecord = mergeReport(report, undefined, stats);
  (row as { provenance: Provenance }).provenance = new OlderOfRows(report, stats);
  mergedOf.set(report, { stats, row });
  return row;
}

function remember(reports: Rows, stats: StatsLookup, merged: Rows): void {
  listsOf(stats).set(reports, merged);
  plainOf.set(merged, reports);
  if (reports.length < LONG) return;
  bequeath<ReportRecord>(reports, 'with statistics', async ({ after, moved, fresh }, slices) => {
    const list = await mergeAll(after, stats, slices);
    remember(after, stats, list);
    await passOnAll({ before: merged, after: list, moved, fresh }, slices);
  });
  bequeathOfLookup<ReportStatsRecord>(stats, 'reports', async (_, after, slices) => {
    const moved = new Uint32Array(reports.length);
    const fresh: number[] = [];
    for (const [place, report] of reports.entries()) {
      if (slices.isOver) await slices.next();
      const isSame = stats.get(report.token) === after.get(report.token);
      moved[place] = isSame ? place : GONE;
      if (!isSame) fresh.push(place);
    }
    const list = await mergeAll(reports, after, slices);
    remember(reports, after, list);
    await passOnAll({ before: merged, after: list, moved, fresh: Uint32Array.from(fresh) }, slices);
  });
}

async function mergeAll(reports: Rows, stats: StatsLookup, slices: Slices): Promise<Rows> {
  const list: ReportRecord[] = [];
  for (const report of reports) {
    if (slices.isOver) await slices.next();
    list.push(merge(report, stats.get(report.token)));
  }
  return list;
}

/**
 * The older of what both rows tell, whenever it is looked at: a row that was confirmed tells a new moment, and one that was
 * replaced goes on telling its old one.
 */
class OlderOfRows implements Provenance {
  readonly #report: ReportRecord;
  readonly #stats: ReportStatsRecord;

  constructor(report: ReportRecord, stats: ReportStatsRecord) {
    this.#report = report;
    this.#stats = stats;
  }

  get source(): Provenance['source'] {
    return this.#oldest.source;
  }

  get asOf(): number {
    return this.#oldest.asOf;
  }

  get #oldest(): Provenance {
    const [a, b] = [this.#report.provenance, this.#stats.provenance];
    return b.asOf < a.asOf ? b : a;
  }
}
