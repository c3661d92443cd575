import { systemClock } from '../../../src/throttle/clock.ts';
import { COMMON_LANE } from '../../../src/throttle/lane.ts';
import { RedisServer, describeWithRedis } from '../../support/redis-server.ts';
import { worstWindow } from '../../support/throttle-server.ts';
import {
  allArrivals,
  LENGTH_MS,
  pause,
  Replica,
  TIMING,
  until,
  untilShared,
  WINDOWS,
  worstWhile,
} from '../../support/replicas.ts';

describeWithRedis('replicas on one Redis', () => {
  let redis: RedisServer;
  let replicas: Replica[] = [];
  beforeAll(async () => (redis = await RedisServer.start()));
  afterEach(async () => {
    await Promise.all(replicas.map((replica) => replica.dispose()));
    await redis.use((client) => client.flushall());
  });
  afterAll(() => redis.stop());

  const start = async (count: number, windows = WINDOWS): Promise<void> => {
    replicas = Array.from({ length: count }, () => new Replica(redis.url, { windows }));
    await untilShared(replicas);
    // At the first start of all nothing is granted for a moment.
    await replicas[0]?.call();
    await pause(windows.at(-1)?.lengthMs ?? 0);
  };

  it('never exceed a window together, and use nine tenths of it, under all the load there can be', async () => {
    // Longer than elsewhere: that a call takes a while, and Redis a moment, matters less.
    const lengthMs = 600;
    await start(3, [{ limit: 20, lengthMs }]);
    // A machine that stands still for a moment uses nothing of it in that moment: one good time shows that it can be used.
    for (let used = 0; used <= 0.9;) {
      const from = systemClock.now();
      expect(await worstWhile(replicas, () => pause(3_600), lengthMs)).toBeLessThanOrEqual(20);
      const starts = allArrivals(replicas).flatMap((call) => (call.from >= from ? [call.from] : []));
      const span = Math.max(...starts) - Math.min(...starts);
      // The calls of the first moment took none of that time.
      used = (starts.length - 20) / ((span / lengthMs) * 20);
    }
    const made = allArrivals(replicas).length;
    // None of them is left out.
    for (const { arrivals } of replicas) expect(arrivals.length).toBeGreaterThan(made / 6);
  });

  it('keep to several windows at once', async () => {
    const windows = [
      { limit: 5, lengthMs: 60 },
      { limit: 20, lengthMs: 600 },
    ];
    await start(2, windows);
    await worstWhile(replicas, () => pause(900));
    for (const { limit, lengthMs } of windows) {
      expect(worstWindow(allArrivals(replicas), lengthMs)).toBeLessThanOrEqual(limit);
    }
  });

  it('asks Redis less often than it calls Mode, while there is plenty', async () => {
    await start(1);
    const [replica] = replicas;
    const before = await redis.scriptsRun();
    const from = systemClock.now();
    let calls = 0;
    for (; calls < 30; calls++) {
      await replica?.call(0);
      if (calls % 9 === 8) await pause(LENGTH_MS);
    }
    const heartbeats = (systemClock.now() - from) / TIMING.heartbeatMs;
    // What became of them is told too; a flush serves all that ended within it.
    expect((await redis.scriptsRun()) - before - heartbeats).toBeLessThan(calls);
  });

  it('holds nothing when nobody asks', async () => {
    await start(1);
    await until(async () => (await redis.use((client) => client.zcard('mode-graphql:{test}:log'))) === 0);
    expect(replicas[0]?.budget.state()).toMatchObject({ scope: 'REDIS', limit: 20, remaining: 20 });
  });

  it('has a window back as soon as it can be after calls that were slow to settle', async () => {
    await start(2);
    const [one, other] = replicas;
    await Promise.all(Array.from({ length: 20 }, async () => one?.call(10)));
    const settledAt = Math.max(...(one?.arrivals.map(({ to }) => to) ?? []));
    await other?.call();
    // Later by lease and travelling, had it not been told of their settling.
    expect((other?.arrivals.at(-1)?.from ?? 0) - settledAt - LENGTH_MS).toBeLessThan(TIMING.leaseMs);
  });

  it('leaves room for people when the background asks', async () => {
    await start(2);
    const [one, other] = replicas;
    let running = 0;
    const background = Array.from({ length: 30 }, async () => {
      const permit = await one?.throttle.acquire({ priority: () => 'background' });
      running++;
      await until(() => (other?.arrivals.length ?? 0) > 0);
      permit?.release();
    });
    await until(() => running >= 15);
    await other?.call();
    expect(running).toBe(15);
    await Promise.all(background);
  });

  it('is not told of a wait longer than it turns out to be', async () => {
    await start(2);
    const [one, other] = replicas;
    const told: { readonly at: number; readonly start: number }[] = [];
    await worstWhile(replicas, async () => {
      for (let each = 0; each < 40; each++) {
        await pause(20);
        told.push({ at: systemClock.now(), start: one?.budget.earliest(0) ?? 0 });
      }
    });
    const starts = [...(one?.arrivals ?? []), ...(other?.arrivals ?? [])].map(({ from }) => from).sort((a, b) => a - b);
    for (const { at, start } of told) {
      const next = starts.find((moment) => moment > at);
      if (next !== undefined) expect(start).toBeLessThanOrEqual(next);
    }
  });

  it('reckon how long calls will take by the calls of all of them', async () => {
    const lengthMs = 2_000;
    await start(2, [{ limit: 20, lengthMs }]);
    const [one, other] = replicas;
    const seconds = (calls: number): number => other?.throttle.secondsFor(calls, COMMON_LANE) ?? NaN;
    await until(() => seconds(20) === 0);
    expect(seconds(21)).toBe(2);
    await Promise.all(Array.from({ length: 20 }, async () => one?.call(0)));
    await until(() => seconds(1) > 0);
    expect(seconds(1)).toBeLessThanOrEqual(2);
    expect(seconds(21) - seconds(1)).toBeCloseTo(2, 1);
    await until(() => seconds(1) === 0);
  });
});
