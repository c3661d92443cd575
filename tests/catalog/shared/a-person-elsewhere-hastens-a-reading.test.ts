import { until } from '../../mode/house.ts';
import { describeWithRedis } from '../../support/redis-server.ts';
import { SharedReplicas } from './shared-replicas.ts';

describeWithRedis('a list that one replica reads behind everybody', () => {
  let all: SharedReplicas;

  beforeEach(async () => {
    all = await SharedReplicas.open({ throttle: { concurrency: 1 } });
  });

  afterEach(() => all.close());

  const allQueued = () => all.house.throttle.state().queued + all.house.throttle.state().running === 12;
  const order = () => all.house.asked().map((path) => path.replace(/\?.*/, ''));
  const times = (count: number, name: string) => Array.from({ length: count }, () => name);

  it('goes first once a person waits for it in another replica, and is not read twice', async () => {
    const [first, second] = await all.staleReplicas(2, ['queries', 'reports']);
    if (!first || !second) throw new Error('there are two');
    all.hold('/batch/acme/queries', 1);
    const queries = first.catalog.refresh('queries', { priority: 'background' });
    await until(() => order().length === 1);
    const reports = first.catalog.refresh('reports', { priority: 'background' });
    await until(allQueued);

    const person = second.catalog.refresh('reports', {});
    await until(() => first.catalog.readingFor('reports') === 'person');
    expect(first.catalog.readingFor('queries')).toBe('background');
    all.release();

    await Promise.all([queries, reports, person]);
    expect(order()).toEqual(['queries', ...times(6, 'reports'), ...times(5, 'queries')]);
    expect(second.catalog.takenOver('reports')).toBe(1);
  });

  it('keeps its place when the other replica wants it behind everybody, too, until a person joins there', async () => {
    const [first, second] = await all.staleReplicas(2, ['queries', 'reports']);
    if (!first || !second) throw new Error('there are two');
    all.hold('/batch/acme/queries', 1);
    const queries = first.catalog.refresh('queries', { priority: 'background' });
    await until(() => order().length === 1);
    const reports = first.catalog.refresh('reports', { priority: 'background' });
    await until(allQueued);

    const other = second.catalog.refresh('reports', { priority: 'background' });
    for (let renewals = await all.redis.scriptsRun(), now = renewals; now < renewals + 4;)
      now = await all.redis.scriptsRun();
    expect(first.catalog.readingFor('reports')).toBe('background');

    const person = second.catalog.refresh('reports', {});
    await until(() => first.catalog.readingFor('reports') === 'person');
    all.release();
    await Promise.all([queries, reports, other, person]);
    expect(order()).toHaveLength(12);
  });
});
