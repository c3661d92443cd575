/** Each loader's ways to REST: what it will reckon with when it chooses, and what that will come to. */
import type { ReferenceName } from '../catalog/catalog-lists.ts';
import type { DiscoveryListName } from '../mode/discovery-client.ts';
import { sum, type Foresight } from './foresight.ts';
import { restCollectionCalls, restWalkCalls } from './rest-costs.ts';
import type { Keys, RestWay, Taken } from './rest-way.ts';
import { nameOf, type Thing } from './things.ts';
import type { Wanted } from './wanted.ts';
import { walkWithin } from './ways-within.ts';

export interface LoaderTraits {
  /** Names the step in the bill. */
  readonly what: string;
  /** Discovery's list of these things. */
  readonly list?: DiscoveryListName;
  readonly stats?: boolean;
  /** One of the lists kept from REST, which is then all there is. */
  readonly reference?: ReferenceName;
  /** Whether REST's part is there without a call. */
  hasRest?(at: Foresight): boolean;
  rest?(keys: Keys, wanted: Wanted, at: Foresight): RestWay[];
  /** Loaders that need not read what its lists, or the way to them, told REST's loaders of. */
  readonly brings?: readonly string[];
  /** Reads something that the catalog holds no list's row of: it was made since, perhaps. Returns the calls. */
  readNew?(thing: Thing, at: Foresight): number;
}

type Read = (thing: Thing, at: Foresight) => number;

/** @param each calls for one of which nothing is known */
function perKey(read: Read, each = 1): Pick<LoaderTraits, 'rest'> {
  return {
    rest: (keys, _, at) => [
      {
        source: 'REST',
        how: 'read',
        scope: 'all',
        calls: keys.count * each,
        perKey: true,
        take: () => ({
          calls: sum(keys.known.map((thing) => read(thing, at))) + keys.takeOthers() * each,
          isGuess: keys.isGuess,
        }),
      },
    ],
  };
}

function listOfCollections(at: Foresight): RestWay {
  const how = at.hasCollections ? 'snapshot' : 'walk';
  const calls = at.hasCollections ? 0 : restCollectionCalls(at.sizes.collections);
  const take = (): Taken => ({ calls: at.listCollections(), isGuess: at.sizes.collections === undefined });
  return { source: 'REST', how, scope: 'all', calls, take };
}

const CHARTS_BELOW = 4;
const queriesBelow = (report: string, at: Foresight): number => at.readQueries(report);
const chartsBelow = (report: string, at: Foresight): number => at.readAllCharts(report);

const report: Read = (thing, at) => at.reads.once(`report ${nameOf(thing)}`);
const query: Read = (thing, at) => at.reads.once(`query ${nameOf(thing)}`);
const chart: Read = (thing, at) => at.reads.once(`chart ${nameOf(thing)}`);
const collection: Read = (thing, at) => at.collection(nameOf(thing));
const queriesOf: Read = (thing, at) => at.readQueries(nameOf(thing));
const chartsOf: Read = (thing, at) =>
  at.readCharts(thing.kind === 'ReportQuery' ? thing.reportToken : '', nameOf(thing));

/** The reports that a page shows, each read for what the source of the list does not know. */
function pageOf({ shown }: Keys, at: Foresight, calls: number): RestWay {
  const take = (): Taken => {
    const { known, others, isGuess } = shown();
    return { calls: sum(known.map((thing) => report(thing, at))) + others, isGuess };
  };
  return { source: 'REST', how: 'read', scope: 'page', calls, take };
}

/** As the loaders of these names plan; `within` those of `queriesWithin` and `chartsWithin`. */
export const LOADERS = {
  workspace: { what: 'workspace', reference: 'workspace' },
  dataSources: { what: 'dataSources', reference: 'dataSources' },
  members: {
    what: 'members',
    list: 'members',
    hasRest: ({ view, reads }) => view.held('people') !== undefined || reads.has('list people'),
    rest: (_, __, { reads }) => [
      {
        source: 'REST',
        how: 'read',
        scope: 'all',
        calls: 1,
        take: () => ({ calls: reads.once('list people'), isGuess: false }),
      },
    ],
  },
  collections: {
    what: 'collections',
    list: 'collections',
    hasRest: (at) => at.hasCollections,
    rest: (_, __, at) => [listOfCollections(at)],
  },
  collection: {
    what: 'collections',
    list: 'collections',
    hasRest: (at) => at.hasCollections,
    rest: (keys, wanted, at) => [...(perKey(collection).rest?.(keys, wanted, at) ?? []), listOfCollections(at)],
    readNew: (thing, at) => {
      const isKnown = (['collections', 'allCollections'] as const).some((name) =>
        at.view.held(name)?.byKey.has(nameOf(thing)),
      );
      return isKnown ? 0 : collection(thing, at);
    },
  },
  report: {
    what: 'reports',
    list: 'reports',
    stats: true,
    ...perKey(report),
    readNew: (thing, at) => (at.view.held('reports')?.byKey.has(nameOf(thing)) === false ? report(thing, at) : 0),
  },
  reportsOf: {
    what: 'reports',
    list: 'reports',
    stats: true,
    brings: ['report'],
    rest(keys, { pageSize }, at) {
      const { view, reportsEach } = at;
      const average = Math.ceil(reportsEach.each);
      // As the loader has it: a collection of which it knows no report may hold any number of them.
      const sizes = keys.known.map((thing) => view.hint('reports')?.byParent.get(nameOf(thing))?.length);
      const walks = sum(sizes.map(restWalkCalls)) + keys.others * restWalkCalls(average);
      const rows = sum(sizes.map((size) => Math.min(pageSize, size ?? pageSize)));
      const take = (): Taken => ({
        calls:
          sum(keys.known.map((thing) => at.walkReports(nameOf(thing)))) + keys.takeOthers() * restWalkCalls(average),
        isGuess: keys.isGuess || !view.hint('reports') || (keys.others > 0 && reportsEach.isGuess),
      });
      const calls = rows + keys.others * Math.min(pageSize, average);
      return [
        { source: 'REST', how: 'walk', scope: 'all', calls: walks, perKey: true, take },
        { ...pageOf(keys, at, calls), perKey: true },
      ];
    },
    readNew: (thing, at) => {
      const held = [at.view.held('collections'), at.view.held('allCollections')].filter((list) => list !== undefined);
      return held.length > 0 && !held.some((list) => list.byKey.has(nameOf(thing))) ? at.walkReports(nameOf(thing)) : 0;
    },
  },
  allReports: {
    what: 'reports',
    list: 'reports',
    stats: true,
    brings: ['report'],
    rest(keys, { pageSize }, at) {
      const { sizes, everyReport } = at;
      const isUncounted = sizes.collections === undefined;
      const take = (): Taken => ({
        calls: at.walkEverything(),
        isGuess: isUncounted || sizes.reports === undefined,
      });
      const calls = Math.min(pageSize, sizes.reports ?? pageSize);
      return [
        {
          source: 'REST',
          how: 'walk',
          scope: 'all',
          calls: everyReport,
          isUncounted,
          take,
        },
        pageOf(keys, at, calls),
      ];
    },
  },
  query: {
    what: 'queries',
    list: 'queries',
    ...perKey(query),
    readNew: (thing, at) => (at.view.held('queries')?.byKey.has(nameOf(thing)) === false ? query(thing, at) : 0),
  },
  queriesOf: {
    what: 'queries',
    list: 'queries',
    brings: ['query'],
    ...perKey(queriesOf),
    readNew: (thing, at) => (at.view.held('reports')?.byKey.has(nameOf(thing)) === false ? queriesOf(thing, at) : 0),
  },
  queriesWithinCollection: {
    what: 'queries',
    list: 'queries',
    brings: ['query', 'report'],
    rest: walkWithin('collection', 1, queriesBelow),
  },
  queriesWithinWorkspace: {
    what: 'queries',
    list: 'queries',
    brings: ['query', 'report'],
    rest: walkWithin('workspace', 1, queriesBelow),
  },
  chart: {
    what: 'charts',
    list: 'charts',
    ...perKey(chart),
    readNew: (thing, at) => (at.view.held('charts')?.byKey.has(nameOf(thing)) === false ? chart(thing, at) : 0),
  },
  chartsOf: {
    what: 'charts',
    list: 'charts',
    ...perKey(chartsOf),
    readNew: (thing, at) => (at.view.held('queries')?.byKey.has(nameOf(thing)) === false ? chartsOf(thing, at) : 0),
  },
  chartsWithinReport: {
    what: 'charts',
    list: 'charts',
    brings: ['query'],
    rest: walkWithin('report', CHARTS_BELOW, chartsBelow),
  },
  chartsWithinCollection: {
    what: 'charts',
    list: 'charts',
    brings: ['query', 'report'],
    rest: walkWithin('collection', CHARTS_BELOW, chartsBelow),
  },
  chartsWithinWorkspace: {
    what: 'charts',
    list: 'charts',
    brings: ['query', 'report'],
    rest: walkWithin('workspace', CHARTS_BELOW, chartsBelow),
  },
  run: { what: 'runs', ...perKey((thing, at) => at.reads.once(`run ${nameOf(thing)}`)) },
  stats: { what: 'stats', list: 'stats' },
} satisfies Readonly<Record<string, LoaderTraits>>;

export type LoaderName = keyof typeof LOADERS;
