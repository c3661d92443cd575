import type { Catalog } from '../../src/catalog/catalog.ts';
import { DISCOVERY_LISTS } from '../../src/mode/discovery-client.ts';
import { failure, until } from '../mode/house.ts';
import { catalogOver } from './catalog-over.ts';
import { openDiscovery, type DiscoveryHouse } from './discovery-house.ts';
import { watchUnhandledRejections } from './unhandled-rejections.ts';

describe('many who want a list at the same time', () => {
  let house: DiscoveryHouse;
  let catalog: Catalog;
  const unhandled = watchUnhandledRejections();

  beforeEach(async () => {
    house = await openDiscovery({
      simulator: { behaviour: { discoveryLatencyMs: 2_000 } },
      throttle: { concurrency: 3 },
    });
    catalog = catalogOver(house);
  });

  afterEach(async () => {
    await catalog.dispose();
    await house.mode.close();
    expect(unhandled.seen).toEqual([]);
  });

  afterAll(() => unhandled.stop());

  const idle = () => house.throttle.state().running + house.throttle.state().queued === 0;
  const leaver = () => {
    const controller = new AbortController();
    const outcome = catalog.refresh('reports', { signal: controller.signal }).then(
      (read) => read,
      (error: unknown) => error,
    );
    return { outcome, leave: () => controller.abort(new Error('left')) };
  };

  it('cause one reading, and all get it', async () => {
    const asked = Array.from({ length: 10 }, () => catalog.refresh('reports', {}));
    expect(await Promise.all(asked)).toEqual(asked.map(() => true));
    expect(house.asked()).toHaveLength(6);
    expect(catalog.peek('reports')?.rows).toHaveLength(57);
  });

  it('all hear of it when it fails', async () => {
    house.mode.faults.inject({ match: 'page=2&', kind: 'status403' });
    const asked = Array.from({ length: 5 }, () => failure(catalog.refresh('reports', {})));
    expect(
      (await Promise.all(asked)).every((error) => (error as { code?: string }).code === 'UPSTREAM_FORBIDDEN'),
    ).toBe(true);
    expect(catalog.peek('reports')).toBeUndefined();
  });

  it('get it though some leave, even the one who asked first', async () => {
    const [one, two, three] = [leaver(), leaver(), leaver()];
    await until(() => house.asked().length > 2);
    one.leave();
    expect(await one.outcome).toMatchObject({ message: 'left' });
    two.leave();
    expect(await three.outcome).toBe(true);
    expect(house.asked()).toHaveLength(6);
  });

  it('stop it when all of them leave, and what is queued is never sent', async () => {
    const [one, two] = [leaver(), leaver()];
    await until(() => house.asked().length > 2);
    one.leave();
    two.leave();
    await until(idle);
    expect(house.asked().length).toBeLessThanOrEqual(4);
    expect(catalog.peek('reports')).toBeUndefined();
    expect(catalog.status().every((list) => list.reading === null)).toBe(true);
    expect(catalog.canRead('reports')).toBe(true);
  });

  it('do not board a reading that is being given up', async () => {
    const one = leaver();
    await until(() => house.asked().length > 1);
    one.leave();
    const two = leaver();
    expect(await one.outcome).toMatchObject({ message: 'left' });
    expect(await two.outcome).toBe(true);
    expect(catalog.peek('reports')?.rows).toHaveLength(57);
  });

  it('cost nothing when they left before they asked', async () => {
    const error = await failure(catalog.refresh('reports', { signal: AbortSignal.abort(new Error('left')) }));
    expect(error).toMatchObject({ message: 'left' });
    expect(house.asked()).toEqual([]);
  });

  it('get it though the one who asked first finds it too long', async () => {
    const first = catalog.refresh('reports', {}, { accept: () => false });
    const willing = catalog.refresh('reports', {});
    const unwilling = catalog.refresh('reports', {}, { accept: (pages) => pages < 3 });
    expect(await Promise.all([first, willing, unwilling])).toEqual([false, true, false]);
    expect(catalog.pages('reports')).toBe(6);
    expect(catalog.peek('reports')?.rows).toHaveLength(57);
  });

  it('see how far it is', async () => {
    const refresh = catalog.refresh('reports', {});
    const reading = () => catalog.status().find((list) => list.name === 'reports');
    expect(reading()).toEqual({ name: 'reports', asOf: null, rows: 0, reading: { rows: 0, total: null } });
    await until(() => (reading()?.reading?.rows ?? 0) > 0);
    expect(reading()?.reading?.total).toBe(57);
    await refresh;
    expect(reading()).toMatchObject({ rows: 57, reading: null });
  });

  it('leave nothing behind when the catalog closes', async () => {
    const refresh = failure(catalog.refresh('reports', {}));
    const warming = catalog.warm();
    await until(() => house.asked().length > 0);
    const closed = catalog.dispose();
    await refresh;
    await warming;
    await closed;
    await until(idle);
    expect(catalog.status().every((list) => list.reading === null)).toBe(true);
    expect(DISCOVERY_LISTS.filter((name) => catalog.peek(name))).toEqual([]);
  });
});
