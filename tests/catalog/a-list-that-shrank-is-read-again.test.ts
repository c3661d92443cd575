import { failure } from '../mode/house.ts';
import { catalogOver } from './catalog-over.ts';
import { openDiscovery, type DiscoveryHouse } from './discovery-house.ts';

let house: DiscoveryHouse;

afterEach(() => house.mode.close());

it.each(['status404', 'html200'] as const)(
  'a list whose last pages are gone, which Mode answers with %s, is read again after one failure',
  async (kind) => {
    // One call at a time, so that they come in order.
    house = await openDiscovery({ throttle: { concurrency: 1 } });
    const catalog = catalogOver(house);
    await catalog.refresh('reports', {});
    expect(catalog.pages('reports')).toBe(6);
    for (const { token } of house.mode.world.reports.slice(35)) house.mode.world.removeReport(token);
    house.mode.rebuildDiscovery();
    const gone = /\/reports\?page=[5-9](&|$)/;
    house.mode.faults.inject({ match: gone, kind });
    const before = house.asked().length;

    await failure(catalog.refresh('reports', {}));
    // What was known goes on serving.
    expect(catalog.peek('reports')?.rows).toHaveLength(57);
    const failed = house.asked().length;

    expect(await catalog.refresh('reports', {})).toBe(true);
    expect(catalog.peek('reports')?.rows).toHaveLength(35);
    expect(catalog.pages('reports')).toBe(4);
    expect(failed - before).toBeLessThanOrEqual(6);
    // The page after the one that failed may have been cut on its way.
    const pages = house
      .asked()
      .slice(failed)
      .filter((path) => !path.includes('page=6&'));
    expect(pages).toEqual([1, 2, 3, 4].map((page) => expect.stringContaining(`page=${page}&`) as unknown));
  },
);
