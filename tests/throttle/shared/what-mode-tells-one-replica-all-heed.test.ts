import { systemClock } from '../../../src/throttle/clock.ts';
import { RedisServer, describeWithRedis } from '../../support/redis-server.ts';
import { LENGTH_MS, pause, Replica, until, untilShared, worstWhile, untilEachMade } from '../../support/replicas.ts';

describeWithRedis('what Mode tells one replica', () => {
  let redis: RedisServer;
  let replicas: Replica[] = [];
  beforeAll(async () => (redis = await RedisServer.start()));
  beforeEach(async () => {
    replicas = [1, 2, 3].map(() => new Replica(redis.url));
    await untilShared(replicas);
    await replicas[0]?.call();
  });
  afterEach(async () => {
    await Promise.all(replicas.map((replica) => replica.dispose()));
    await redis.use((client) => client.flushall());
  });
  afterAll(() => redis.stop());

  it('pauses all of them after a refusal, as long as Mode asked', async () => {
    let refusedAt = 0;
    await worstWhile(replicas, async () => {
      await untilEachMade(replicas, 5);
      refusedAt = systemClock.now();
      replicas[0]?.throttle.refused('1');
      await until(() => replicas.every(({ budget }) => budget.pausedUntil > refusedAt));
      const knownAt = systemClock.now();
      await pause(1_200);
      const during = replicas.flatMap(({ arrivals }) => arrivals).filter(({ from }) => from > knownAt);
      expect(during.length).toBeGreaterThan(0);
      for (const { from } of during) expect(from).toBeGreaterThanOrEqual(refusedAt + 1_000);
      await untilEachMade(replicas, 5);
    });
  });

  it('grants nobody anything once Redis knows of the pause', async () => {
    const [one, other] = replicas;
    one?.throttle.refused('1');
    const refusedAt = systemClock.now();
    await until(
      async () => Number(await redis.use((client) => client.hget('mode-graphql:{test}:state', 'paused'))) > 0,
    );
    await other?.call();
    expect(other?.arrivals.at(-1)?.from).toBeGreaterThanOrEqual(refusedAt + 1_000);
  });

  it('takes calls of others on the credential for its own', async () => {
    const [one, other] = replicas;
    await pause(LENGTH_MS + 50);
    one?.throttle.answered({ remaining: 3, limit: 20, at: systemClock.now() });
    await until(() => replicas.every(({ budget }) => budget.state().remaining <= 3));
    const calls = Array.from({ length: 6 }, async () => other?.call(0));
    const tooManyAt = systemClock.now();
    await Promise.all(calls);
    const late = other?.arrivals.filter(({ from }) => from > tooManyAt + LENGTH_MS / 2) ?? [];
    expect(late).toHaveLength(3);
  });

  it('believes no count higher than its own', async () => {
    const [one] = replicas;
    await pause(LENGTH_MS + 50);
    const calledAt = systemClock.now();
    await one?.call(0);
    one?.throttle.answered({ remaining: 20, limit: 20, at: systemClock.now() });
    // Spare slots come and go meanwhile, so it may be fewer.
    const counts: number[] = [];
    for (;;) {
      const remaining = one?.budget.state().remaining ?? Infinity;
      if (systemClock.now() >= calledAt + LENGTH_MS) break;
      counts.push(remaining);
      await pause(5);
    }
    expect(counts.filter((count) => count > 19)).toEqual([]);
  });
});
