import { CATALOG_LISTS, type CatalogListName } from '../../../src/catalog/catalog-lists.ts';
import { describeWithRedis } from '../../support/redis-server.ts';
import { until } from '../../mode/house.ts';
import { MINUTE } from '../catalog-over.ts';
import { watchUnhandledRejections } from '../unhandled-rejections.ts';
import { MAX_AGE, SharedReplicas, type CatalogReplica } from './shared-replicas.ts';

describeWithRedis('replicas that share a catalog', () => {
  let all: SharedReplicas;
  const unhandled = watchUnhandledRejections();

  beforeEach(async () => {
    all = await SharedReplicas.open();
  });

  afterEach(async () => {
    await all.close();
    expect(unhandled.seen).toEqual([]);
  });

  afterAll(() => unhandled.stop());

  const calls = () => all.house.mode.ledger.entries.map(({ path }) => path);
  const datesOf = ({ catalog }: CatalogReplica) => CATALOG_LISTS.map((name) => catalog.peek(name)?.asOf);
  const facts = ({ catalog }: CatalogReplica) =>
    CATALOG_LISTS.map((name) =>
      catalog.peek(name)?.rows.map((row) => ({ ...row, ...('sql' in row && { sql: row.sql }), provenance: null })),
    );
  const takeTurns = async (name: CatalogListName, ...[reader, taker]: readonly CatalogReplica[]): Promise<void> => {
    all.house.clock.skip(MAX_AGE + MINUTE);
    await reader?.catalog.refresh(name, {});
    await all.published([name]);
    all.house.mode.ledger.clear();
    await taker?.catalog.refresh(name, {});
    expect(calls()).toEqual([]);
  };

  it('start with what one of them has read, whole and dated, without a call to Mode', async () => {
    const first = all.replica();
    await first.catalog.warm();
    await all.published(CATALOG_LISTS);
    all.house.mode.ledger.clear();
    const second = all.replica();
    await second.catalog.restore();
    await second.catalog.warm();
    expect(datesOf(second)).toEqual(datesOf(first));
    expect(facts(second)).toEqual(facts(first));
    expect(CATALOG_LISTS.map((name) => second.catalog.pages(name))).toEqual(
      CATALOG_LISTS.map((name) => first.catalog.pages(name)),
    );
    expect(calls()).toEqual([]);
    expect([first, second].flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('read everything once between the three of them, when nothing was ever read', async () => {
    const one = all.replica();
    await one.catalog.warm();
    const cost = calls().length;
    await one.dispose();
    await all.redis.use((client) => client.flushall());
    all.house.mode.ledger.clear();

    const three = [1, 2, 3].map(() => all.replica());
    await Promise.all(three.map(({ catalog }) => catalog.warm()));

    expect(calls()).toHaveLength(cost);
    expect(new Set(three.map((each) => JSON.stringify(datesOf(each)))).size).toBe(1);
    expect(datesOf(three[0] ?? one)).not.toContain(undefined);
  });

  it('make one scan when their lists grow old at the same moment, and all serve what it found', async () => {
    const replicas = await all.staleReplicas(3, ['reports', 'workspace']);
    const before = replicas.map(({ catalog }) => catalog.peek('reports')?.asOf ?? 0);
    all.house.mode.world.removeReport(all.house.mode.world.reports[0]?.token ?? '');
    all.house.mode.rebuildDiscovery();

    for (const { catalog } of replicas) {
      catalog.refreshIfStale('reports');
      catalog.refreshIfStale('workspace');
      // It goes on being served meanwhile.
      expect(catalog.peek('reports')?.rows).toHaveLength(57);
    }
    await until(() => replicas.every(({ catalog }) => catalog.readingFor('reports') === undefined));
    await until(() => replicas.every(({ catalog }) => catalog.readingFor('workspace') === undefined));

    expect(all.house.asked()).toHaveLength(6);
    expect(calls()).toHaveLength(7);
    const dates = replicas.map(({ catalog }) => catalog.peek('reports')?.asOf);
    expect(new Set(dates).size).toBe(1);
    expect(dates[0]).toBeGreaterThan(Math.max(...before));
    for (const { catalog } of replicas) expect(catalog.peek('reports')?.rows).toHaveLength(56);
    expect(replicas.reduce((sum, { catalog }) => sum + catalog.takenOver('reports'), 0)).toBe(2);
  });

  it('take up, later, what another read while nobody asked them', async () => {
    const [first, second] = await all.staleReplicas(2, ['reports']);
    await first?.catalog.refresh('reports', {});
    await all.published(['reports']);
    all.house.mode.ledger.clear();
    all.house.clock.skip(5 * MINUTE);
    const held = second?.catalog.peek('reports');

    second?.catalog.refreshIfStale('reports');
    await until(() => second?.catalog.readingFor('reports') === undefined);

    expect(calls()).toEqual([]);
    const now = second?.catalog.peek('reports');
    expect(now?.asOf).toBe(first?.catalog.peek('reports')?.asOf);
    // Nothing had changed: whatever was worked out of it goes on being right.
    expect(now?.rows).toBe(held?.rows);
    expect(now?.rows[0]?.provenance.asOf).toBe(now?.asOf);
  });

  it('take over a query of which nothing but the SQL is another one, there and back', async () => {
    const replicas = await all.staleReplicas(2, ['queries']);
    const [first, second] = replicas;
    const [query] = all.house.mode.world.queries;
    const held = query?.rawQuery ?? '';
    const sqlOf = (replica?: CatalogReplica) => replica?.catalog.peek('queries')?.byKey.get(query?.token ?? '')?.sql;
    for (const [turn, sql] of [`${held} LIMIT 7`, held, `${held} LIMIT 8`].entries()) {
      if (query) query.rawQuery = sql;
      all.house.mode.rebuildDiscovery();
      await takeTurns('queries', ...(turn % 2 === 0 ? [first, second] : [second, first]).flatMap((one) => one ?? []));
      expect(replicas.map(sqlOf)).toEqual([sql, sql]);
    }
  });

  it.each(['people', 'dataSources', 'reports'] as const)(
    'date every row of %s as the list that they took over',
    async (name) => {
      const [first, second] = await all.staleReplicas(2, [name]);
      for (let turn = 0; turn < 3; turn++) {
        await takeTurns(name, ...[first, second].flatMap((one) => one ?? []));
        const list = second?.catalog.peek(name);
        expect(list?.asOf).toBe(first?.catalog.peek(name)?.asOf);
        expect(new Set(list?.rows.map(({ provenance }) => provenance.asOf))).toEqual(new Set([list?.asOf]));
      }
    },
  );

  it('read it themselves when what the others have is too old by now', async () => {
    const [first, second] = await all.staleReplicas(2, ['reports']);
    await first?.catalog.refresh('reports', {});
    await all.published(['reports']);
    all.house.mode.ledger.clear();
    all.house.clock.skip(MAX_AGE + MINUTE);
    await second?.catalog.refresh('reports', {});
    expect(all.house.asked()).toHaveLength(6);
  });

  it('read it themselves for a caller who wants it younger than what the others have', async () => {
    const [first, second] = await all.staleReplicas(2, ['reports']);
    await first?.catalog.refresh('reports', {});
    await all.published(['reports']);
    all.house.mode.ledger.clear();
    all.house.clock.skip(MAX_AGE / 2);
    await second?.catalog.refresh('reports', {}, { maxAgeMs: MAX_AGE / 3 });
    expect(all.house.asked()).toHaveLength(6);
    await first?.catalog.refresh('reports', {}, { maxAgeMs: MAX_AGE / 3 });
    expect(all.house.asked()).toHaveLength(6);
  });

  it('read it themselves for a caller who wants it live, at once and for all', async () => {
    const [first, second] = await all.staleReplicas(2, ['reports']);
    await first?.catalog.refresh('reports', {});
    await all.published(['reports']);
    all.house.mode.ledger.clear();
    await second?.catalog.refresh('reports', { live: true }, { maxAgeMs: 0 });
    expect(all.house.asked()).toHaveLength(6);
    await all.published(['reports']);
    await first?.catalog.refresh('reports', {});
    expect(all.house.asked()).toHaveLength(6);
    expect(first?.catalog.peek('reports')?.asOf).toBe(second?.catalog.peek('reports')?.asOf);
  });

  it('take over what they waited for, however long it took, as old as it was when the caller asked', async () => {
    const [first, second] = await all.staleReplicas(2, ['reports']);
    all.hold('/batch/acme/reports');
    const reading = first?.catalog.refresh('reports', {});
    await until(() => all.house.asked().length === 6);
    const waiting = second?.catalog.refresh('reports', {}, { maxAgeMs: MAX_AGE / 3 });
    await until(() => second?.catalog.readingFor('reports') === 'person');
    // Until it has looked, and waits.
    while (!(await all.keys()).some((key) => key.endsWith(':reports:wanted'))) await new Promise(setImmediate);
    all.house.clock.skip(MAX_AGE / 2);
    all.release();
    expect([await reading, await waiting]).toEqual([true, true]);
    expect(all.house.asked()).toHaveLength(6);
    expect(second?.catalog.peek('reports')?.asOf).toBe(first?.catalog.peek('reports')?.asOf);
  });

  it('keep a caller waiting no longer than the caller likes', async () => {
    const [first, second] = await all.staleReplicas(2, ['reports']);
    all.hold('/batch/acme/reports');
    const reading = first?.catalog.refresh('reports', {}).catch((error: unknown) => error);
    await until(() => all.house.asked().length === 6);
    const caller = new AbortController();
    const waiting = second?.catalog.refresh('reports', { signal: caller.signal }).catch((error: unknown) => error);
    await until(() => second?.catalog.readingFor('reports') === 'person');
    const gone = new Error('hung up');
    caller.abort(gone);
    expect(await waiting).toBe(gone);
    expect(second?.catalog.readingFor('reports')).toBeUndefined();
    expect(all.house.asked()).toHaveLength(6);
    await first?.dispose();
    expect(await reading).toMatchObject({ name: 'AbortError' });
  });
});
