import type { CatalogListName } from '../../src/catalog/catalog-lists.ts';
import type { CatalogStore, StoredList } from '../../src/catalog/catalog-store.ts';
import { openHouse, REAL_PARTS } from './house.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { Upstream } from './upstream.ts';
import { CLEAR } from './weather.ts';

type Lists = ReadonlyMap<CatalogListName, StoredList<CatalogListName>>;

let read: Promise<Lists> | undefined;

/** Every list of the catalog, read once by the real floors on a quiet day, and kept for all schedules. */
export function storedLists(): Promise<Lists> {
  return (read ??= readAll());
}

/** A store in which some lists lie since as many milliseconds before `now`. */
export function storeOf(
  lists: Lists,
  ages: Readonly<Partial<Record<CatalogListName, number>>>,
  now: number,
): CatalogStore {
  return {
    load: (name) => {
      const age = ages[name];
      const list = age === undefined ? undefined : lists.get(name);
      return Promise.resolve(list && ({ ...list, asOf: now - (age ?? 0) } as StoredList<typeof name>));
    },
    save: () => Promise.resolve(),
  };
}

async function readAll(): Promise<Lists> {
  const clock = new SimulatedClock(3, []);
  const lists = new Map<CatalogListName, StoredList<CatalogListName>>();
  const common = {
    seed: 1,
    windows: [{ limit: 1_000, lengthMs: 10_000 }],
    discoveryWindows: undefined,
    concurrency: 4,
  };
  const upstream = new Upstream({
    ...common,
    clock: clock.view(),
    start: clock.start,
    weather: CLEAR,
    onBroken: () => undefined,
  });
  const house = openHouse({
    ...common,
    clock: clock.view(),
    upstream,
    discovery: 'given',
    store: {
      load: () => Promise.resolve(undefined),
      save: (list) => {
        lists.set(list.name, list);
        return Promise.resolve();
      },
    },
    watch: { now: () => clock.now, isGone: () => false, onBroken: () => undefined },
    parts: REAL_PARTS,
  });
  let isDone = false;
  void house.catalog.warm().then(() => (isDone = true));
  await clock.runUntil(() => isDone);
  await house.dispose();
  return lists;
}
