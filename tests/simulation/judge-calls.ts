import { DISCOVERY_LISTS } from '../../src/mode/discovery-client.ts';
import { mostInWindow } from '../../src/simulator/most-in-window.ts';
import type { Bucket, Entry } from './ledger.ts';
import { nameOf, PAGE_SIZE, type Load } from './load.ts';
import type { Asked, RunningOperation } from './run-operation.ts';
import * as truth from './truth.ts';

/** No window at the upstream ever holds more of our calls than its limit, those it refused among them. */
export function judgeWindows(ledger: readonly Entry[], buckets: readonly Bucket[]): string[] {
  return buckets.flatMap((bucket) => {
    const arrivals = ledger.filter((entry) => entry.bucket === bucket).map((entry) => entry.arrivedAt);
    return bucket.windows.flatMap(({ limit, lengthMs }) => {
      const most = mostInWindow(arrivals, lengthMs);
      return most > limit ? [`window: ${most} calls in ${lengthMs} ms, where ${limit} may be`] : [];
    });
  });
}

/** What is being read already is not asked for once more, but for somebody who wants nothing that was asked before. */
export function judgeSharing(ledger: readonly Entry[], operations: readonly RunningOperation[]): string[] {
  const live = operations.filter(({ plan }) => plan.maxAgeMs === 0);
  const last = new Map<string, Entry>();
  return ledger.flatMap((entry) => {
    if (entry.method !== 'GET') return [];
    const before = last.get(entry.path);
    last.set(entry.path, entry);
    const isOverlapping = before !== undefined && entry.sentAt < (before.endedAt ?? Infinity);
    if (!isOverlapping || live.some(({ beganAt }) => beganAt <= entry.sentAt)) return [];
    return [`shared: ${entry.path} was asked for while it was being read`];
  });
}

/** With nothing going wrong, asking each thing once in each operation, and reading each list once, is the most it costs. */
export function judgePrice(ledger: readonly Entry[], asked: readonly Asked[], refreshed: number): string[] {
  const distinct = new Map<RunningOperation, Map<string, Asked>>();
  for (const each of asked) {
    const loads = distinct.get(each.operation) ?? new Map<string, Asked>();
    // A page that is completed costs more than one that is not.
    loads.set(`${nameOf(each.load)} ${each.facts}`, each);
    distinct.set(each.operation, loads);
  }
  const rest = [...distinct.values()].flatMap((loads) => [...loads.values()].map(({ load }) => restPrice(load)));
  const price = rest.reduce((sum, each) => sum + each, 0);
  const strict = [...distinct.keys()].filter(({ plan }) => plan.maxAgeMs !== undefined).length;
  // Each list once, and once more for who wants it fresher; a first page more, where that said it was not worth it.
  const scans = DISCOVERY_LISTS.reduce((sum, name) => sum + (pagesOf(name) + 1) * (1 + strict), 0);
  // What the catalog keeps from REST may be read behind everybody, because it is old or a schedule says so.
  const references = 4 + refreshed;
  const paths = ledger.filter((entry) => entry.path.startsWith('/api/')).length;
  const pages = ledger.length - paths;
  return [
    ...(paths > price + strict + references
      ? [`price: ${paths} calls to REST, where ${price + strict + references} would do`]
      : []),
    ...(pages > scans ? [`price: ${pages} calls to Discovery, where ${scans} would do`] : []),
  ];
}

function pagesOf(name: (typeof DISCOVERY_LISTS)[number]): number {
  const { world, reports, queries, charts, openCollections } = truth;
  const sizes = { collections: openCollections, reports, stats: reports, queries, charts, members: world.members };
  return Math.ceil(sizes[name].length / truth.behaviour.discoveryPageSize);
}

/** Calls to REST that a load costs when it is asked alone and nothing is known. */
function restPrice(load: Load): number {
  const walk = (collection: string): number =>
    Math.ceil(truth.reportsIn(collection).length / truth.behaviour.pageSize) + 1;
  const everything = 1 + truth.collections.reduce((sum, { token }) => sum + walk(token), 0);
  const queriesOf = (reports: readonly { readonly token: string }[]): number =>
    reports.reduce((sum, { token }) => sum + 1 + truth.queriesIn(token).length, 0);
  switch (load.kind) {
    case 'reportsOf':
      return walk(load.token) + PAGE_SIZE;
    case 'allReports':
      return everything + PAGE_SIZE;
    case 'queriesWithin':
    case 'chartsWithin': {
      const { within } = load;
      const isCharts = load.kind === 'chartsWithin';
      if (within.kind === 'report') return 1 + (isCharts ? truth.queriesIn(within.token).length : 0);
      const reports = within.kind === 'workspace' ? truth.reports : truth.reportsIn(within.token);
      const base = within.kind === 'workspace' ? everything : walk(within.token);
      return base + (isCharts ? queriesOf(reports) : reports.length);
    }
    case 'stats':
      return 0;
    default:
      return 1;
  }
}
