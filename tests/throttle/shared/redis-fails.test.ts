import { quietMs } from '../../../src/throttle/shared/fallback.ts';
import { systemClock } from '../../../src/throttle/clock.ts';
import { RedisServer, describeWithRedis } from '../../support/redis-server.ts';
import {
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

describeWithRedis('under full load, when Redis fails', () => {
  let redis: RedisServer;
  let replicas: Replica[] = [];
  beforeEach(async () => {
    redis = await RedisServer.start();
    replicas = [1, 2, 3].map(() => new Replica(redis.url));
    await untilShared(replicas);
    await untilEntitled(replicas, redis);
  });
  afterEach(async () => {
    await Promise.all(replicas.map((replica) => replica.dispose()));
    await redis.stop();
  });

  it('each goes by its part after a quiet time, and all share again once Redis is back, though it forgot all', async () => {
    let killedAt = 0;
    let backAt = 0;
    const worst = await worstWhile(replicas, async () => {
      await untilEachMade(replicas, 10);
      await redis.kill();
      killedAt = systemClock.now();
      await until(() => replicas.every(({ budget }) => budget.state().limit === 6));
      await untilEachMade(replicas, 10);
      backAt = systemClock.now();
      await redis.restart();
      await until(() => replicas.every(({ scope }) => scope === 'REDIS'));
      await untilEachMade(replicas, 10);
    });
    expect(worst).toBeLessThanOrEqual(20);
    // What was in hand could be used; then nothing, for as long as `quietMs` says.
    const early = killedAt + TIMING.leaseMs + TIMING.timeoutMs;
    const quiet = replicas
      .flatMap(({ arrivals }) => arrivals)
      .filter(({ from }) => from > early && from < killedAt + quietMs(WINDOWS, TIMING) - TIMING.heartbeatMs * 2);
    expect(quiet).toEqual([]);
    expect(backAt).toBeGreaterThan(killedAt);
    for (const { warnings } of replicas) {
      expect(warnings).toEqual([
        'Redis cannot be reached: this replica goes by its own part of the budget, after a quiet time',
        'Redis is back: the budget is shared with the other replicas again',
      ]);
    }
  });

  it('stalled for a while, shorter or longer than the quiet time, it grants nothing twice', async () => {
    const worst = await worstWhile(replicas, async () => {
      for (const ms of [60, 200, 500, 1_200]) {
        await untilEachMade(replicas, 3);
        redis.pause();
        await pause(ms);
        redis.resume();
        await until(() => replicas.every(({ scope }) => scope === 'REDIS'));
      }
      await untilEachMade(replicas, 5);
    });
    expect(worst).toBeLessThanOrEqual(20);
  });

  it('cleared again and again, its empty log is not taken for an idle Mode', async () => {
    const worst = await worstWhile(replicas, async () => {
      for (let time = 0; time < 3; time++) {
        await untilEachMade(replicas, 4);
        await redis.use((client) => client.flushall());
      }
      await untilEachMade(replicas, 4);
    });
    expect(worst).toBeLessThanOrEqual(20);
  });

  it('restarted at once, it waits until nothing of before counts', async () => {
    const worst = await worstWhile(replicas, async () => {
      await untilEachMade(replicas, 8);
      await redis.kill();
      await redis.restart();
      await untilEachMade(replicas, 8);
    });
    expect(worst).toBeLessThanOrEqual(20);
  });

  it('gone back to an older copy, it begins a new history', async () => {
    const state = 'mode-graphql:{test}:state';
    const worst = await worstWhile(replicas, async () => {
      await untilEachMade(replicas, 8);
      const old = await redis.use(async (client) => {
        const epoch = await client.hget(state, 'epoch');
        await client.multi().del('mode-graphql:{test}:log').hset(state, 'version', 3).exec();
        return epoch;
      });
      await untilEachMade(replicas, 8);
      expect(await redis.use((client) => client.hget(state, 'epoch'))).not.toBe(old);
    });
    expect(worst).toBeLessThanOrEqual(20);
  });

  it('restarted, it is met by a newcomer first, who does not take the room of those who were there', async () => {
    const worst = await worstWhile(replicas, async () => {
      await untilEachMade(replicas, 8);
      await redis.kill();
      await redis.restart();
      const newcomer = new Replica(redis.url);
      replicas.push(newcomer);
      newcomer.hammer();
      await untilEachMade(replicas, 4);
    });
    expect(worst).toBeLessThanOrEqual(20);
  });

  it('clock and all: what it then has ahead of itself is cut to what can be', async () => {
    await redis.use(async (client) => {
      await client.zadd('mode-graphql:{test}:log', Date.now() + 3_600_000, 'from the future');
      await client.hset('mode-graphql:{test}:state', 'quarantine', Date.now() + 3_600_000);
    });
    await worstWhile(replicas, () => untilEachMade(replicas, 8));
    expect(await redis.use((client) => client.zscore('mode-graphql:{test}:log', 'from the future'))).toBeNull();
  });
});

describeWithRedis('a replica that never reached Redis', () => {
  it('assumes that there are others, and shares with them once it does', async () => {
    const redis = await RedisServer.start();
    await redis.kill();
    const replica = new Replica(redis.url, { assumedReplicas: 5 });
    const bornAt = systemClock.now();
    await replica.call();
    expect(replica.arrivals[0]?.from).toBeGreaterThanOrEqual(bornAt + TIMING.startMs - 1);
    expect(replica.budget.state()).toMatchObject({ scope: 'STATIC_SHARE', limit: 4 });
    const worst = await worstWhile([replica], async () => {
      await untilEachMade([replica], 8);
      await redis.restart();
      await until(() => replica.scope === 'REDIS');
      await untilEachMade([replica], 30);
    });
    expect(worst).toBeLessThanOrEqual(20);
    await replica.dispose();
    await redis.stop();
  });

  it('says nothing of the password', async () => {
    const replica = new Replica('redis://:hunter2@127.0.0.1:1');
    await until(() => replica.warnings.length > 0);
    expect(replica.warnings.join()).not.toMatch(/hunter2|redis:|127/);
    await replica.dispose();
  });
});
