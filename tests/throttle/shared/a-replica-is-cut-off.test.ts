import { quietMs } from '../../../src/throttle/shared/fallback.ts';
import { BreakableProxy } from '../../support/breakable-proxy.ts';
import { RedisServer, describeWithRedis } from '../../support/redis-server.ts';
import {
  allArrivals,
  LENGTH_MS,
  pause,
  Replica,
  TIMING,
  until,
  untilEachMade,
  untilEntitled,
  untilShared,
  WINDOWS,
  worstWhile,
} from '../../support/replicas.ts';
import { worstWindow } from '../../support/throttle-server.ts';

describeWithRedis('a replica that alone cannot reach Redis', () => {
  let redis: RedisServer;
  let way: BreakableProxy;
  let replicas: Replica[] = [];
  let cutOff: Replica;
  beforeEach(async () => {
    redis = await RedisServer.start();
    way = await BreakableProxy.to(redis.port);
    cutOff = new Replica(way.url);
    replicas = [cutOff, new Replica(redis.url), new Replica(redis.url)];
    await untilShared(replicas);
    await untilEntitled(replicas, redis);
  });
  afterEach(async () => {
    await Promise.all(replicas.map((replica) => replica.dispose()));
    await way.close();
    await redis.stop();
  });

  it.each(['cut', 'stall'] as const)('(%s) goes by the part that the others leave it, and returns', async (how) => {
    const worst = await worstWhile(replicas, async () => {
      await untilEachMade(replicas, 8);
      way[how]();
      await until(() => cutOff.budget.state().limit === 6);
      await untilEachMade(replicas, 12);
      // One that a busy machine held up for longer than Redis may take is back soon.
      await until(() => replicas.map(({ scope }) => scope).join() === 'STATIC_SHARE,REDIS,REDIS');
      way.mend();
      await until(() => cutOff.scope === 'REDIS');
      await untilEachMade(replicas, 8);
    });
    expect(worst).toBeLessThanOrEqual(20);
  });

  it('now and then, for moments', async () => {
    const worst = await worstWhile(replicas, async () => {
      for (const [how, ms] of [
        ['cut', 30],
        ['stall', 90],
        ['stall', 300],
        ['cut', 600],
        ['stall', 900],
      ] as const) {
        await untilEachMade(replicas.slice(1), 4);
        way[how]();
        await pause(ms);
        way.mend();
      }
      await until(() => cutOff.scope === 'REDIS');
      await untilEachMade(replicas, 4);
    });
    expect(worst).toBeLessThanOrEqual(20);
  });

  it('while Redis is cleared: its part is kept free in the new history too', async () => {
    const worst = await worstWhile(replicas, async () => {
      await untilEachMade(replicas, 8);
      way.cut();
      await until(() => cutOff.budget.state().limit === 6);
      await redis.use((client) => client.flushall());
      await untilEachMade(replicas, 12);
      way.mend();
      await until(() => cutOff.scope === 'REDIS');
      await untilEachMade(replicas, 6);
    });
    expect(worst).toBeLessThanOrEqual(20);
  });

  it('as a newcomer whom the others do not count yet, it waits', async () => {
    const newWay = await BreakableProxy.to(redis.port);
    // Of three hearts that beat slowly none has answered before the newcomer is cut off.
    const slow = [1, 2].map(
      () => new Replica(redis.url, { key: 'slow', timing: { heartbeatMs: 100_000, timeoutMs: 10_000 } }),
    );
    await untilShared(slow);
    const newcomer = new Replica(newWay.url, { key: 'slow' });
    await untilShared([newcomer]);
    newWay.cut();
    await until(() => !newcomer.budget.isShared);
    await pause(quietMs(WINDOWS, TIMING) + 200);
    expect(newcomer.budget.take('person')).toBeUndefined();
    expect(newcomer.budget.nextTake('person')).toBe(Infinity);
    await Promise.all([newcomer, ...slow].map((replica) => replica.dispose()));
    await newWay.close();
  });

  it('waits until what the others were granted, not knowing, counts no more', async () => {
    const [, other] = replicas;
    cutOff.hammer();
    await untilEachMade([cutOff], 1);
    await cutOff.rest();
    await pause(LENGTH_MS + TIMING.leaseMs);
    way.cut();
    cutOff.hammer();
    // They learn of it at the earliest a little later.
    await pause(TIMING.silentMs - 60);
    await Promise.all(Array.from({ length: 20 }, async () => other?.call(0)));
    await untilEachMade([cutOff], 6);
    await cutOff.rest();
    expect(worstWindow(allArrivals(replicas), LENGTH_MS)).toBeLessThanOrEqual(20);
  });

  it('leaves all of the budget to the others when it leaves in good order, and its part out when it does not', async () => {
    const [, one, other] = replicas;
    const remaining = (): (number | undefined)[] => [one, other].map((each) => each?.budget.state().remaining);
    way.cut();
    await until(() => remaining().join() === '14,14');
    way.mend();
    await untilShared(replicas);
    await until(() => remaining().join() === '20,20');
    await cutOff.dispose();
    await pause(TIMING.silentMs * 2);
    expect(remaining()).toEqual([20, 20]);
  });
});
