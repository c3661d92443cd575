/**
 * What a question will cost, told before its first call: its needs are planned as the loaders will plan them, by
 * numbers of keys instead of keys. Pure, but for what the catalog holds; it reads nothing.
 */
import type { DiscoveryListName } from '../mode/discovery-client.ts';
import type { ReferenceName } from '../catalog/catalog-lists.ts';
import type { DiscoveryAccess } from './discovery-access.ts';
import { childrenOf, knownSizes, type KnownSizes } from './known-sizes.ts';
import { choosePlan, type How, type Offer, type Source } from './plan.ts';
import { restCollectionCalls, restWalkCalls } from './rest-costs.ts';
import { liveOnly, union, type Wanted } from './wanted.ts';

/** What is going to be asked of one loader in one batch. */
export interface Need {
  readonly loader: LoaderName;
  readonly wanted: Wanted;
  /** Keys, by the place in the question their parents stand at: where two needs meet, the keys are the same. */
  readonly keys: ReadonlyMap<string, number>;
  /** The keys are of things met above, which REST has told of by then. @default false */
  readonly again?: boolean;
}

export interface Forecast {
  /** Calls it is expected to take. */
  readonly calls: number;
  /** The same without what was guessed of a workspace that nobody has counted: no reason to refuse anything. */
  readonly certainCalls: number;
  /** Costliest first; those that cost nothing left out. */
  readonly steps: readonly ForecastStep[];
}

export interface ForecastStep {
  readonly what: string;
  readonly how: How;
  readonly source: Source;
  /** For how many parents or tokens. */
  readonly keys: number;
  readonly calls: number;
}

type View = Pick<DiscoveryAccess, 'offer' | 'hint' | 'held' | 'live' | 'available'>;

interface GuessedOffer extends Offer {
  /** Its calls rest on how large the workspace is, and nobody has counted it. */
  readonly guessed?: boolean;
}

interface LoaderTraits {
  /** Names the step in the bill. */
  readonly what: string;
  /** Discovery's list of these things. */
  readonly list?: DiscoveryListName;
  readonly stats?: boolean;
  /** One of the lists kept from REST, which is then all there is. */
  readonly reference?: ReferenceName;
  rest(keys: number, wanted: Wanted, sizes: KnownSizes, view: View): GuessedOffer[];
}

const byTheKey = (keys: number): GuessedOffer[] => [
  { source: 'REST', how: 'read', scope: 'all', calls: keys, perKey: true },
];

const one = (): GuessedOffer[] => [{ source: 'REST', how: 'read', scope: 'all', calls: 1 }];

const listOfCollections = (_: number, __: Wanted, sizes: KnownSizes, view: View): GuessedOffer[] => [
  view.held('allCollections')
    ? { source: 'REST', how: 'snapshot', scope: 'all', calls: 0 }
    : { source: 'REST', how: 'walk', scope: 'all', calls: restCollectionCalls(sizes.collections) },
];

const COLLECTIONS_UNCOUNTED = 100;
const REPORTS_UNCOUNTED = 4_000;

const everyReport = ({ collections, reports }: KnownSizes): number => {
  const count = collections ?? COLLECTIONS_UNCOUNTED;
  const each = count === 0 ? 0 : (reports ?? count * 30) / count;
  return restCollectionCalls(count) + count * restWalkCalls(each);
};

/** @param eachReport calls below each report */
const below =
  (parent: 'workspace' | 'collection' | 'report', eachReport: number) =>
  (keys: number, _: Wanted, sizes: KnownSizes): GuessedOffer[] => {
    const walk = (calls: number, guessed = false): GuessedOffer[] => [
      { source: 'REST', how: 'walk', scope: 'all', calls, perKey: true, guessed },
    ];
    if (parent === 'report') return walk(keys * eachReport);
    if (parent === 'workspace') {
      const reports = sizes.reports ?? REPORTS_UNCOUNTED;
      return walk(everyReport(sizes) + reports * eachReport, sizes.reports === undefined);
    }
    const reports = childrenOf('collections', 'reports', sizes) ?? 0;
    return walk(keys * (restWalkCalls(reports) + reports * eachReport));
  };

const CHARTS_BELOW = 4;

/** As the loaders of these names plan; `within` those of `queriesWithin` and `chartsWithin`. */
const LOADERS = {
  workspace: { what: 'workspace', reference: 'workspace', rest: one },
  dataSources: { what: 'dataSources', reference: 'dataSources', rest: one },
  members: {
    what: 'members',
    list: 'members',
    rest: (_, __, ___, view) =>
      view.held('people') ? [{ source: 'REST', how: 'snapshot', scope: 'all', calls: 0 }] : one(),
  },
  collections: { what: 'collections', list: 'collections', rest: listOfCollections },
  collection: {
    what: 'collections',
    list: 'collections',
    rest: (keys, wanted, sizes, view) => [...byTheKey(keys), ...listOfCollections(keys, wanted, sizes, view)],
  },
  report: { what: 'reports', list: 'reports', stats: true, rest: byTheKey },
  reportsOf: {
    what: 'reports',
    list: 'reports',
    stats: true,
    rest(keys, { pageSize }, sizes) {
      const each = childrenOf('collections', 'reports', sizes) ?? 0;
      return [
        { source: 'REST', how: 'walk', scope: 'all', calls: keys * restWalkCalls(each), perKey: true },
        { source: 'REST', how: 'read', scope: 'page', calls: keys * Math.min(pageSize, each), perKey: true },
      ];
    },
  },
  allReports: {
    what: 'reports',
    list: 'reports',
    stats: true,
    rest(_, { pageSize }, sizes) {
      const guessed = sizes.collections === undefined;
      return [
        { source: 'REST', how: 'walk', scope: 'all', calls: everyReport(sizes), guessed },
        { source: 'REST', how: 'read', scope: 'page', calls: Math.min(pageSize, sizes.reports ?? pageSize) },
      ];
    },
  },
  query: { what: 'queries', list: 'queries', rest: byTheKey },
  queriesOf: { what: 'queries', list: 'queries', rest: byTheKey },
  queriesWithinCollection: { what: 'queries', list: 'queries', rest: below('collection', 1) },
  queriesWithinWorkspace: { what: 'queries', list: 'queries', rest: below('workspace', 1) },
  chart: { what: 'charts', list: 'charts', rest: byTheKey },
  chartsOf: { what: 'charts', list: 'charts', rest: byTheKey },
  chartsWithinReport: { what: 'charts', list: 'charts', rest: below('report', CHARTS_BELOW) },
  chartsWithinCollection: { what: 'charts', list: 'charts', rest: below('collection', CHARTS_BELOW) },
  chartsWithinWorkspace: { what: 'charts', list: 'charts', rest: below('workspace', CHARTS_BELOW) },
  run: { what: 'runs', rest: byTheKey },
  stats: { what: 'stats', list: 'stats', rest: () => [] },
} satisfies Readonly<Record<string, LoaderTraits>>;

export type LoaderName = keyof typeof LOADERS;

export function forecast(needs: readonly Need[], view: View): Forecast {
  const sizes = knownSizes(view);
  /** Lists that are read for an earlier need, and keys that REST is asked for by one, by loader and place. */
  const read = new Set<DiscoveryListName>();
  const asked = new Map<string, number>();
  const steps = new Map<string, ForecastStep>();
  let certainCalls = 0;

  for (const need of needs) {
    const traits: LoaderTraits = LOADERS[need.loader];
    if (traits.reference !== undefined && view.held(traits.reference)) continue;
    const keys = sum([...need.keys.values()]);
    const clauses = union([need.wanted]).clauses;
    const ways = [...discoveryWays(traits, view, read), ...traits.rest(keys, need.wanted, sizes, view)];
    const plan = choosePlan(view.live ? liveOnly(clauses) : clauses, ways);
    for (const step of plan.steps as readonly GuessedOffer[]) {
      if (step.source === 'REST') {
        const fresh = askedAnew(need);
        const same = ({ how, scope }: Offer): boolean => how === step.how && scope === step.scope;
        const calls = fresh === 0 ? 0 : (traits.rest(fresh, need.wanted, sizes, view).find(same)?.calls ?? 0);
        add({ what: traits.what, how: step.how, source: step.source, keys, calls }, step.guessed === true);
      } else {
        const list = step.source === 'STATS' ? 'stats' : traits.list;
        if (list !== undefined) read.add(list);
        add({ what: list ?? traits.what, how: step.how, source: step.source, keys, calls: step.calls }, false);
      }
    }
  }

  const all = [...steps.values()];
  return {
    calls: sum(all.map(({ calls }) => calls)),
    certainCalls,
    steps: all.filter(({ calls }) => calls > 0).sort((a, b) => b.calls - a.calls),
  };

  /** Keys that no earlier need has had read. */
  function askedAnew({ loader, keys, again = false }: Need): number {
    // Without a catalog, whatever was met above came from REST, and is kept for as long as the operation lives.
    if (again && !view.available) return 0;
    let fresh = 0;
    for (const [place, count] of keys) {
      const name = `${loader} ${place}`;
      fresh += Math.max(0, count - (asked.get(name) ?? 0));
      asked.set(name, Math.max(count, asked.get(name) ?? 0));
    }
    return fresh;
  }

  function add(step: ForecastStep, guessed: boolean): void {
    const calls = Math.ceil(step.calls);
    certainCalls += guessed ? Math.min(1, calls) : calls;
    const name = `${step.what} ${step.how} ${step.source}`;
    const met = steps.get(name);
    steps.set(name, { ...step, keys: step.keys + (met?.keys ?? 0), calls: calls + (met?.calls ?? 0) });
  }
}

function discoveryWays({ list, stats }: LoaderTraits, view: View, read: ReadonlySet<DiscoveryListName>): Offer[] {
  const offers: [Source, DiscoveryListName][] = [];
  if (list === 'stats') offers.push(['STATS', list]);
  else if (list !== undefined) offers.push(['DISCOVERY', list]);
  if (stats === true) offers.push(['STATS', 'stats']);
  return offers.flatMap(([source, name]) => {
    if (read.has(name)) return { source, how: 'snapshot', scope: 'all', calls: 0 };
    return view.offer(source, name) ?? [];
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
