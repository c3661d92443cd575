import { until } from '../../mode/house.ts';
import { describeWithRedis } from '../../support/redis-server.ts';
import { MINUTE } from '../catalog-over.ts';
import { watchUnhandledRejections } from '../unhandled-rejections.ts';
import { MAX_AGE, SharedReplicas, type CatalogReplica } from './shared-replicas.ts';

const AWAY = /^Redis cannot be reached: .*catalog/;
const BACK = /^Redis is back: the catalog is shared/;

describeWithRedis('while Redis fails', () => {
  let all: SharedReplicas;
  const unhandled = watchUnhandledRejections();

  beforeEach(async () => {
    all = await SharedReplicas.open();
  });

  afterEach(async () => {
    all.redis.resume();
    await all.close();
    expect(unhandled.seen).toEqual([]);
  });

  afterAll(() => unhandled.stop());

  const asked = () => all.house.asked().length;
  /** Those for which Redis is slow soon, beside all others. */
  const impatient = { timing: { commandMs: 2_000, pieceMs: 2_000 } };
  const untilShared = async (replica: CatalogReplica): Promise<void> => {
    while (replica.warnings.length < 2) {
      // Each leaves Redis alone for a while, and then tries.
      await replica.catalog.refresh('workspace', { live: true }, { maxAgeMs: 0 });
    }
  };

  it('that it takes no writes is told once, and is no reason to leave it alone', async () => {
    const [first, second] = [all.replica(), all.replica()];
    const takesWrites = (does: boolean) =>
      all.redis.use((client) => client.config('SET', 'min-replicas-to-write', does ? '0' : '1'));
    await takesWrites(false);
    for (const name of ['reports', 'people'] as const) {
      for (const { catalog } of [first, second]) expect(await catalog.refresh(name, {})).toBe(true);
    }
    expect(asked()).toBe(12);
    await until(() => [first, second].every(({ warnings }) => warnings.length > 0));
    for (const { warnings } of [first, second]) {
      expect(warnings).toEqual([expect.stringMatching(/^Redis refuses to keep the list of reports: /)]);
    }

    await takesWrites(true);
    all.house.clock.skip(MAX_AGE + MINUTE);
    await first.catalog.refresh('reports', {});
    await all.published(['reports']);
    await second.catalog.refresh('reports', {});
    expect(asked()).toBe(18);
    expect(second.catalog.peek('reports')?.asOf).toBe(first.catalog.peek('reports')?.asOf);
  });

  it.each(['kill', 'pause'] as const)('(%s) replicas read for themselves, and say so once', async (how) => {
    const replicas = [all.replica(impatient), all.replica(impatient)];
    const [first, second] = replicas;
    await first?.catalog.refresh('reports', {});
    await all.published(['reports']);
    await second?.catalog.restore();
    all.house.clock.skip(MAX_AGE + MINUTE);
    all.house.mode.ledger.clear();

    await all.redis[how]();
    for (const { catalog } of replicas) expect(await catalog.refresh('reports', {})).toBe(true);
    expect(asked()).toBe(12);
    for (const { catalog } of replicas) await catalog.refresh('people', {});
    expect(replicas.map(({ warnings }) => warnings)).toEqual(
      replicas.map(() => [expect.stringMatching(AWAY) as unknown]),
    );

    if (how === 'kill') await all.redis.restart();
    else all.redis.resume();
    await Promise.all(replicas.map(untilShared));
    for (const { warnings } of replicas) {
      expect(warnings).toEqual([expect.stringMatching(AWAY), expect.stringMatching(BACK)]);
    }
    // And they do share again.
    all.house.clock.skip(MAX_AGE + MINUTE);
    all.house.mode.ledger.clear();
    await Promise.all(replicas.map(({ catalog }) => catalog.refresh('reports', {})));
    expect(asked()).toBe(6);
  });

  it('a reader whose Redis is gone in the middle reads to its end, and so does who waited for it', async () => {
    const [first, second] = await all.staleReplicas(2, ['reports']);
    all.hold('/batch/acme/reports');
    const reading = first?.catalog.refresh('reports', {});
    await until(() => asked() === 6);
    const waiting = second?.catalog.refresh('reports', {});
    await all.redis.kill();
    await until(() => asked() === 12);
    all.release();
    expect(await Promise.all([reading, waiting])).toEqual([true, true]);
    expect(asked()).toBe(12);
    await until(() => (first?.warnings.length ?? 0) > 0);
    for (const each of [first, second]) expect(each?.warnings).toEqual([expect.stringMatching(AWAY)]);
  });

  it('a replica starts from its files', async () => {
    const directory = await all.folder();
    const first = all.replica({ directory });
    await first.catalog.refresh('reports', {});
    await first.dispose();
    await all.redis.kill();
    all.house.mode.ledger.clear();
    const second = all.replica({ directory });
    await second.catalog.restore();
    expect(second.catalog.peek('reports')?.rows).toHaveLength(57);
    expect(asked()).toBe(0);
    expect(second.warnings).toEqual([expect.stringMatching(AWAY)]);
  });

  it('a replica that never reached it reads everything by itself', async () => {
    await all.redis.kill();
    const only = all.replica();
    await only.catalog.restore();
    await only.catalog.warm();
    expect(only.catalog.status().filter(({ asOf }) => asOf === null)).toEqual([]);
    expect(only.warnings).toEqual([expect.stringMatching(AWAY)]);
  });

  it('a replica that is taken down does not wait for it', async () => {
    const only = all.replica({ timing: { closeMs: 50 } });
    await only.catalog.refresh('reports', {});
    await all.published(['reports']);
    all.hold('/batch/acme/reports');
    const reading = only.catalog.refresh('reports', { live: true }, { maxAgeMs: 0 }).catch(() => undefined);
    await until(() => asked() === 12);
    // Its commands have 100 seconds to be answered.
    all.redis.pause();
    await only.dispose();
    await reading;
  });

  it('(full) lists that do not fit are not left in it by halves, the count of calls keeps its room, and one word is said', async () => {
    const only = all.replica();
    const used = await all.redis.use(async (redis) => {
      const used = Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
      // An eighth of it is not for lists.
      await redis.config('SET', 'maxmemory', String(Math.floor(used * 1.05)));
      return used;
    });
    for (const name of ['reports', 'people', 'reports'] as const) {
      await only.catalog.refresh(name, { live: true }, { maxAgeMs: 0 });
    }
    await only.dispose();
    expect(only.catalog.peek('reports')?.rows).toHaveLength(57);
    expect(only.warnings).toEqual([expect.stringMatching(/^Redis has no room for the list of (reports|people)/)]);
    expect(await all.keys()).toEqual([]);
    expect(used).toBeGreaterThan(0);
  });

  it('(full to the brim) everybody reads for themselves', async () => {
    await all.redis.use((redis) => redis.config('SET', 'maxmemory', '1'));
    const both = [all.replica(), all.replica()];
    for (const { catalog } of both) expect(await catalog.refresh('reports', {})).toBe(true);
    await Promise.all(both.map((replica) => replica.dispose()));
    expect(asked()).toBe(12);
    for (const { warnings } of both) expect(warnings).toEqual([expect.stringMatching(/^Redis has no room/)]);
  });
});
