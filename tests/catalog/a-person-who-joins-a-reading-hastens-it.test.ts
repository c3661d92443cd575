import { until } from '../mode/house.ts';
import { catalogOver } from './catalog-over.ts';
import { openDiscovery, type DiscoveryHouse } from './discovery-house.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';

describe('a background reading', () => {
  let house: DiscoveryHouse;
  let catalog: Catalog;

  beforeEach(async () => {
    house = await openDiscovery({ throttle: { concurrency: 1 } });
    catalog = catalogOver(house);
    // Their lengths are known from here on, so all pages are queued at once.
    await Promise.all([catalog.refresh('queries', {}), catalog.refresh('reports', {})]);
    house.mode.ledger.clear();
    house.mode.behaviour.discoveryLatencyMs = 1_000;
  });

  afterEach(async () => {
    await catalog.dispose();
    await house.mode.close();
  });

  const allQueued = () => house.throttle.state().queued + house.throttle.state().running === 12;
  const order = () => house.asked().map((path) => path.replace(/\?.*/, ''));
  const times = (count: number, name: string) => Array.from({ length: count }, () => name);

  it('goes before other background work once a person joins it, and is not read twice', async () => {
    const queries = catalog.refresh('queries', { priority: 'background' });
    const reports = catalog.refresh('reports', { priority: 'background' });
    await until(allQueued);

    const person = catalog.refresh('reports', {});

    await Promise.all([queries, reports, person]);
    const paths = order();
    expect(paths).toHaveLength(12);
    // What was under way is not called back.
    const ahead = paths.indexOf('reports');
    expect(ahead).toBeLessThanOrEqual(2);
    expect(paths.slice(ahead)).toEqual([...times(6, 'reports'), ...times(6 - ahead, 'queries')]);
  });

  it('keeps its place when only the background joins it', async () => {
    const queries = catalog.refresh('queries', { priority: 'background' });
    const reports = catalog.refresh('reports', { priority: 'background' });
    await until(allQueued);
    const again = catalog.refresh('reports', { priority: 'background' });
    await Promise.all([queries, reports, again]);
    expect(order()).toEqual([...times(6, 'queries'), ...times(6, 'reports')]);
  });
});
