/**
 * What a question will cost, told before its first call: its needs are planned as the loaders will plan them, by what
 * is known of their keys. Pure, but for what the catalog holds; it reads nothing.
 */
import type { CatalogListName } from '../catalog/catalog-lists.ts';
import type { ListReading } from '../catalog/catalog-view.ts';
import type { DiscoveryListName } from '../mode/discovery-client.ts';
import { ForecastSteps, type Forecast, type ForecastStep } from './forecast-steps.ts';
import { Foresight, sum, type View } from './foresight.ts';
import { LOADERS, type LoaderName, type LoaderTraits } from './loader-ways.ts';
import { choosePlan, supplies, type Clause, type Offer, type Source } from './plan.ts';
import type { Keys, RestWay } from './rest-way.ts';
import { countOf, lazily, NOTHING, together, type Things } from './things.ts';
import { liveOnly, union, type Wanted } from './wanted.ts';

export type { LoaderName } from './loader-ways.ts';
export type { Forecast, ForecastStep } from './forecast-steps.ts';

/** What is going to be asked of one loader in one batch. */
export interface Need {
  readonly loader: LoaderName;
  readonly wanted: Wanted;
  /** Keys, by the place in the question their parents stand at: where two needs meet, the keys are the same. */
  readonly keys: ReadonlyMap<string, () => Things>;
  /** Rows of its lists that will be shown, by the places that these stand at. @default none */
  readonly shown?: ReadonlyMap<string, () => Things>;
  /** It is asked for everything, however many ask. @default false */
  readonly once?: boolean;
  /** The keys are of things met above, which REST has told of by then. @default false */
  readonly again?: boolean;
  /** The caller names the keys, or what they are below: the catalog may not hold them. @default false */
  readonly named?: boolean;
}

export function forecast(needs: readonly Need[], view: View): Forecast {
  const at = new Foresight(view);
  const steps = new ForecastSteps();
  /** Lists that are read for an earlier need. */
  const read = new Set<CatalogListName>();
  for (const need of needs) foresee(need);
  return steps.total();

  function foresee(need: Need): void {
    const traits: LoaderTraits = LOADERS[need.loader];
    const keys = lazily(() => keysOf(need, at));
    if (traits.reference !== undefined) {
      foreseeReference(traits.reference, traits.what, keys);
      return;
    }
    const wanted = union([need.wanted]).clauses;
    const clauses = view.live ? liveOnly(wanted) : wanted;
    const lists = waysToLists(traits);
    const free: Offer[] = lists.filter(({ calls }) => calls === 0);
    if (traits.hasRest?.(at) === true) free.push({ source: 'REST', how: 'snapshot', scope: 'all', calls: 0 });
    const freely = choosePlan(clauses, free);
    // Most often there is nothing to pay, and then nobody has to know for what.
    if (freely.unmet.every((clause) => !canBeHad(clause, lists, traits))) {
      for (const { source, how } of freely.steps) steps.add({ ...step(traits, source, how), calls: 0, keys });
      if (need.named) foreseeNew(traits, keys);
      return;
    }
    // Of nothing, nothing is asked: not even the list it would be looked up in.
    if (keys().count === 0) return;
    const rest = traits.hasRest?.(at) === true ? [] : (traits.rest?.(keys(), need.wanted, at) ?? []);
    for (const way of choosePlan(clauses, [...free, ...lists.filter((list) => list.calls > 0), ...rest]).steps) {
      if (isRestWay(way)) {
        const { isUncounted = false } = way;
        for (const place of need.shown?.keys() ?? []) at.bring(traits.brings ?? [], place);
        steps.add({ ...step(traits, way.source, way.how), keys, ...way.take(), isUncounted });
      } else foreseeList(traits, way, keys);
    }
  }

  function foreseeReference(name: CatalogListName, what: string, keys: () => Keys): void {
    const isThere = view.held(name) !== undefined;
    if (isThere) steps.add({ what, how: 'snapshot', source: 'REST', keys, calls: 0 });
    else if (keys().count > 0) {
      steps.add({ what, how: 'read', source: 'REST', keys, calls: at.reads.once(`list ${name}`) });
    }
  }

  function foreseeList(traits: LoaderTraits, { source, how }: Offer, keys: () => Keys): void {
    const name = listOf(traits, source);
    const readings = how === 'snapshot' ? [] : (toRead(name) ?? []);
    for (const each of readings) {
      read.add(each.name);
      // Where callers bring keys of their own, what these may see is read first.
      const isOwn = each.name === 'allCollections';
      const calls = isOwn ? at.reads.once('list allCollections', each.calls) : each.calls;
      const itself = isOwn
        ? ({ what: 'collections', how: 'walk', source: 'REST' } as const)
        : step(traits, source, how);
      steps.add({ ...itself, keys, calls, isGuess: each.isGuess });
    }
    if (readings.length === 0) steps.add({ ...step(traits, source, how), keys, calls: 0 });
  }

  function foreseeNew(traits: LoaderTraits, keys: () => Keys): void {
    const { readNew } = traits;
    if (!readNew) return;
    const calls = sum(keys().known.map((thing) => readNew(thing, at)));
    if (calls > 0) steps.add({ what: traits.what, how: 'read', source: 'REST', keys, calls });
  }

  function toRead(name: DiscoveryListName): readonly ListReading[] | undefined {
    return view
      .readings(name)
      ?.filter((each) => !read.has(each.name) && !(each.name === 'allCollections' && at.hasCollections));
  }

  function waysToLists(traits: LoaderTraits): Offer[] {
    const sources: Source[] = traits.list === undefined ? [] : [traits.list === 'stats' ? 'STATS' : 'DISCOVERY'];
    if (traits.stats === true) sources.push('STATS');
    return sources.flatMap((source) => {
      const name = listOf(traits, source);
      if (view.held(name) || read.has(name)) return { source, how: 'snapshot', scope: 'all', calls: 0 };
      const readings = toRead(name);
      return readings ? { source, how: 'scan', scope: 'all', calls: sum(readings.map(({ calls }) => calls)) } : [];
    });
  }
}

function listOf({ list }: LoaderTraits, source: Source): DiscoveryListName {
  return source === 'STATS' || list === undefined ? 'stats' : list;
}

function step(traits: LoaderTraits, source: Source, how: Offer['how']): Pick<ForecastStep, 'what' | 'how' | 'source'> {
  return { what: source === 'STATS' ? 'stats' : traits.what, how, source };
}

function canBeHad(clause: Clause, lists: readonly Offer[], { rest }: LoaderTraits): boolean {
  return (rest !== undefined && clause.anyOf.includes('REST')) || lists.some((list) => supplies(list, clause));
}

function isRestWay(way: Offer): way is RestWay {
  return 'take' in way;
}

function keysOf({ loader, keys, shown = new Map(), once = false, again = false }: Need, at: Foresight): Keys {
  const places = [...keys].map(([place, find]) => [place, find()] as const);
  const all = together(places.map(([, things]) => things));
  const rows = lazily(() => together([...shown.values()].map((find) => find())));
  const count = once ? Math.min(1, countOf(all)) : countOf(all);
  return {
    ...(once ? NOTHING : all),
    count,
    shown: rows,
    takeOthers() {
      // Without a catalog, whatever was met above came from REST, and is kept for as long as the operation lives.
      if (once || (again && !at.view.available)) return 0;
      const unread = places.filter(([place]) => !at.isBrought(loader, place));
      return sum(unread.map(([place, { others }]) => at.reads.more(`${loader} ${place}`, others)));
    },
  };
}
