import type { Catalog } from '../../src/catalog/catalog.ts';
import { CATALOG_LISTS } from '../../src/catalog/catalog-lists.ts';
import { failure, until } from '../mode/house.ts';
import { catalogOver, MINUTE } from './catalog-over.ts';
import { openDiscovery, type DiscoveryHouse } from './discovery-house.ts';
import { watchUnhandledRejections } from './unhandled-rejections.ts';

let house: DiscoveryHouse;
let catalog: Catalog;
const unhandled = watchUnhandledRejections();

const open = async (...[options]: Parameters<typeof openDiscovery>): Promise<void> => {
  house = await openDiscovery(options);
  catalog = catalogOver(house);
};
const idle = () => house.throttle.state().running + house.throttle.state().queued === 0;
const reading = () => catalog.status().some((list) => list.reading !== null);
const atRest = () => until(() => idle() && !reading());

afterEach(async () => {
  await catalog.dispose();
  await house.mode.close();
  expect(unhandled.seen).toEqual([]);
});

afterAll(() => unhandled.stop());

describe('a list that has grown old', () => {
  it('is served at once, and replaced behind the answer', async () => {
    await open();
    await catalog.refresh('reports', {});
    const old = catalog.peek('reports');
    house.mode.world.removeReport(old?.rows[0]?.token ?? '');
    house.mode.rebuildDiscovery();
    house.clock.skip(16 * MINUTE);
    catalog.refreshIfStale('reports');
    catalog.refreshIfStale('reports');
    expect(catalog.peek('reports')).toBe(old);
    await atRest();
    expect(catalog.peek('reports')?.rows).toHaveLength(56);
    expect(old?.rows).toHaveLength(57);
    expect(house.asked()).toHaveLength(12);
  });

  it('is left alone as long as it is fresh, and when it was never read', async () => {
    await open();
    catalog.refreshIfStale('reports');
    await catalog.refresh('reports', {});
    house.clock.skip(14 * MINUTE);
    catalog.refreshIfStale('reports');
    expect(reading()).toBe(false);
    expect(house.asked()).toHaveLength(6);
  });

  it('waits behind what people ask, whenever they ask it', async () => {
    await open({ throttle: { concurrency: 1 }, simulator: { behaviour: { discoveryLatencyMs: 500, latencyMs: 500 } } });
    await catalog.refresh('reports', {});
    house.clock.skip(16 * MINUTE);
    house.mode.ledger.clear();
    catalog.refreshIfStale('reports');
    await until(() => house.asked().length === 1);
    await Promise.all(
      house.mode.world.reports
        .slice(0, 5)
        .map(({ token }) => house.rest.readReport(token, { keepLayout: false }, house.context)),
    );
    await atRest();
    const order = house.mode.ledger.entries.map((entry) => entry.api);
    expect(order).toEqual([
      'DISCOVERY',
      ...Array.from({ length: 5 }, () => 'REST'),
      ...Array.from({ length: 5 }, () => 'DISCOVERY'),
    ]);
  });

  it('goes on serving, with its date, when it cannot be read anew, and is not asked for again at once', async () => {
    await open();
    await catalog.refresh('reports', {});
    const old = catalog.peek('reports');
    house.clock.skip(16 * MINUTE);
    house.mode.faults.inject({ match: '/batch/', kind: 'status403' });
    house.mode.ledger.clear();
    catalog.refreshIfStale('reports');
    await atRest();
    expect(catalog.peek('reports')).toBe(old);
    expect(catalog.canRead('reports')).toBe(false);
    const spent = house.asked().length;
    for (let question = 0; question < 20; question++) catalog.refreshIfStale('reports');
    await atRest();
    expect(house.asked()).toHaveLength(spent);

    house.mode.faults.clear();
    house.clock.skip(MINUTE);
    catalog.refreshIfStale('reports');
    await atRest();
    expect(catalog.peek('reports')?.asOf).toBeGreaterThan(old?.asOf ?? Infinity);
    expect(catalog.canRead('reports')).toBe(true);
  });

  it('is not asked for again at once when it is one that REST tells, and Discovery goes on', async () => {
    await open();
    await catalog.warm();
    house.clock.skip(16 * MINUTE);
    house.mode.faults.inject({ match: '/api/acme/data_sources', kind: 'status403' });
    house.mode.ledger.clear();
    for (let question = 0; question < 20; question++) {
      catalog.refreshIfStale('dataSources');
      await atRest();
    }
    expect(house.mode.ledger.calls({ path: 'data_sources' })).toHaveLength(1);
    expect(catalog.canRead('reports')).toBe(true);
    catalog.refreshIfStale('people');
    await atRest();
    expect(house.mode.ledger.calls({ path: 'memberships' })).not.toHaveLength(0);
    expect(catalog.peek('dataSources')?.rows).toHaveLength(3);

    house.mode.faults.clear();
    house.clock.skip(MINUTE);
    catalog.refreshIfStale('dataSources');
    await atRest();
    expect(house.mode.ledger.calls({ path: 'data_sources' })).toHaveLength(2);
  });
});

describe('a snapshot', () => {
  it('can be found for a while after it was replaced, by its date', async () => {
    await open();
    const taken: number[] = [];
    for (let time = 0; time < 4; time++) {
      await catalog.refresh('reports', {});
      taken.push(catalog.peek('reports')?.asOf ?? 0);
      house.clock.skip(MINUTE);
    }
    expect(taken.map((asOf) => catalog.find('reports', asOf)?.asOf)).toEqual([undefined, ...taken.slice(1)]);
    expect(catalog.find('queries', taken[3] ?? 0)).toBeUndefined();
  });

  it('is indexed by token and by parent', async () => {
    await open();
    await catalog.warm();
    const { world } = house.mode;
    for (const [collection, reports] of world.reportsByCollection) {
      const found = catalog.peek('reports')?.byParent.get(collection) ?? [];
      expect(found.map((row) => row.token).sort()).toEqual(reports.map((row) => row.token).sort());
    }
    for (const { token, rawQuery } of world.queries)
      expect(catalog.peek('queries')?.byKey.get(token)?.sql).toBe(rawQuery);
    for (const { token, viewCount } of world.reports) {
      expect(catalog.peek('stats')?.byKey.get(token)?.viewCount).toBe(viewCount);
    }
  });

  it('does not hold its provenance once for every row', async () => {
    await open();
    await catalog.warm(['reports', 'queries', 'charts', 'stats', 'collections', 'members']);
    for (const name of ['reports', 'queries', 'charts', 'stats', 'collections', 'members'] as const) {
      expect(new Set(catalog.peek(name)?.rows.map((row) => row.provenance)).size).toBe(1);
    }
  });
});

describe('warming', () => {
  it('reads all that is missing or old, once, and behind what people ask', async () => {
    await open();
    await catalog.refresh('reports', {});
    await Promise.all([catalog.warm(), catalog.warm()]);
    expect(catalog.status().map(({ name, asOf }) => [name, asOf === null])).toEqual(
      CATALOG_LISTS.map((name) => [name, false]),
    );
    expect(house.mode.ledger.duplicates()).toEqual(new Map());
    const spent = house.mode.ledger.entries.length;
    await catalog.warm();
    expect(house.mode.ledger.entries).toHaveLength(spent);
  });

  it('never throws, and keeps what it could read', async () => {
    await open();
    house.mode.faults.inject({ match: '/batch/acme/charts', kind: 'html200' });
    house.mode.faults.inject({ match: '/api/acme/data_sources', kind: 'status403' });
    await catalog.warm();
    const missing = catalog.status().filter((list) => list.asOf === null);
    expect(missing.map((list) => list.name)).toEqual(['dataSources', 'charts']);
  });

  it('does nothing for a workspace without Discovery', async () => {
    await open();
    const without = catalogOver(house, { discovery: undefined });
    await without.warm();
    expect([without.available, without.canRead('reports'), await without.refresh('reports', {})]).toEqual([
      false,
      false,
      false,
    ]);
    expect(house.mode.ledger.entries).toEqual([]);
  });

  it('reads nothing more when Mode is gone, and says so to who asks', async () => {
    await open();
    await house.mode.close();
    await catalog.warm(['reports']);
    expect(await failure(catalog.refresh('reports', {}))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
