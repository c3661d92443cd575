import { until } from '../../mode/house.ts';
import { describeWithRedis } from '../../support/redis-server.ts';
import { watchUnhandledRejections } from '../unhandled-rejections.ts';
import { SharedReplicas } from './shared-replicas.ts';

describeWithRedis('a replica that reads a list for all', () => {
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

  const asked = () => all.house.asked().length;
  /** How often Redis was asked what it holds. */
  const looks = async () =>
    Number(/cmdstat_mget:calls=(\d+)/.exec(await all.redis.use((client) => client.info('commandstats')))?.[1] ?? 0);
  const untilLookedAgain = async () => {
    const before = await looks();
    while ((await looks()) < before + 4) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('is replaced by one who waits when it is taken down in the middle', async () => {
    const [first, second] = await all.staleReplicas(2, ['reports']);
    all.hold('/batch/acme/reports');
    const reading = first?.catalog.refresh('reports', {}).catch((error: unknown) => error);
    await until(() => asked() === 6);
    const waiting = second?.catalog.refresh('reports', { priority: 'background' });
    await untilLookedAgain();
    expect(asked()).toBe(6);

    await first?.dispose();
    expect(await reading).toMatchObject({ name: 'AbortError' });
    await until(() => asked() === 12);
    all.release();

    expect(await waiting).toBe(true);
    expect(asked()).toBe(12);
  });

  it('is replaced by one who waits when Mode refuses it', async () => {
    const [first, second] = await all.staleReplicas(2, ['reports']);
    all.house.mode.faults.inject({ match: '/batch/acme/reports', kind: 'status403', times: 1 });
    const both = await Promise.allSettled([first, second].map(async (each) => each?.catalog.refresh('reports', {})));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([first, second].map((each) => each?.catalog.takenOver('reports'))).toEqual([0, 0]);
  });

  it('is replaced once nobody has heard of it for as long as its lease, when it was killed', async () => {
    const [, second] = await all.staleReplicas(2, ['reports']);
    const lease = (await all.key('reports', 'header')).replace(/header$/, 'lease');
    await all.redis.use((client) => client.set(lease, 'of one that was killed', 'PX', 100_000));
    const waiting = second?.catalog.refresh('reports', {});
    await untilLookedAgain();
    expect(asked()).toBe(0);
    await all.redis.use((client) => client.pexpire(lease, 1));
    expect(await waiting).toBe(true);
    expect(asked()).toBe(6);
  });

  it('keeps its lease for as long as it reads, however long that is', async () => {
    const [first] = await all.staleReplicas(1, ['reports']);
    all.hold('/batch/acme/reports');
    const reading = first?.catalog.refresh('reports', {});
    await until(() => asked() > 0);
    const lease = await all.key('reports', 'lease');
    for (let time = 0; time < 3; time++) {
      // What is left of it grows again.
      await all.redis.use((client) => client.pexpire(lease, 50_000));
      while ((await all.redis.use((client) => client.pttl(lease))) <= 50_000)
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
    all.release();
    expect(await reading).toBe(true);
  });

  it('reads on when it loses its lease, and what it found is there for all', async () => {
    const [first, second] = await all.staleReplicas(2, ['reports']);
    all.hold('/batch/acme/reports');
    const reading = first?.catalog.refresh('reports', {});
    await until(() => asked() > 0);
    const lease = await all.key('reports', 'lease');
    await all.redis.use((client) => client.set(lease, 'somebody else', 'PX', 100_000));
    all.release();
    expect(await reading).toBe(true);
    expect(await second?.catalog.refresh('reports', {})).toBe(true);
    expect(asked()).toBe(6);
    expect(second?.catalog.peek('reports')?.asOf).toBe(first?.catalog.peek('reports')?.asOf);
    // Nobody takes away what is another's.
    expect(await all.redis.use((client) => client.get(lease))).toBe('somebody else');
  });

  it('takes its lease again when Redis has lost it', async () => {
    const [first] = await all.staleReplicas(1, ['reports']);
    all.hold('/batch/acme/reports');
    const reading = first?.catalog.refresh('reports', {});
    await until(() => asked() > 0);
    await all.redis.use((client) => client.flushall());
    while ((await all.key('reports', 'lease')) === 'none') await new Promise((resolve) => setTimeout(resolve, 5));
    all.release();
    expect(await reading).toBe(true);
  });

  it('leaves no lease behind when it is taken down, and lets go of Redis', async () => {
    const replicas = await all.staleReplicas(3, ['reports', 'people']);
    all.hold('/api/acme');
    all.hold('/batch/acme/reports');
    const readings = replicas.flatMap(({ catalog }) =>
      (['reports', 'people'] as const).map((name) => catalog.refresh(name, {}).catch(() => undefined)),
    );
    await until(() => asked() > 0);
    await Promise.all(replicas.map((replica) => replica.dispose()));
    await Promise.all(readings);
    expect((await all.keys()).filter((key) => key.endsWith(':lease'))).toEqual([]);
    const clients = await all.redis.use((client) => client.client('LIST'));
    expect(String(clients).trim().split('\n')).toHaveLength(1);
  });

  it('puts what it has just read into Redis before it lets go', async () => {
    const first = all.replica();
    await first.catalog.refresh('reports', {});
    await first.dispose();
    all.house.mode.ledger.clear();
    const second = all.replica();
    await second.catalog.restore();
    expect(second.catalog.peek('reports')?.rows).toHaveLength(57);
    expect(asked()).toBe(0);
  });
});
