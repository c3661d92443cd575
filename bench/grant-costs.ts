/** What a grant costs: in this process, through Redis one at a time, and through Redis with leases. One run, one machine. */
import { RedisServer } from '../tests/support/redis-server.ts';
import { systemClock } from '../src/throttle/clock.ts';
import { LocalBudget } from '../src/throttle/local-budget.ts';
import { SharedBudget } from '../src/throttle/shared/shared-budget.ts';
import type { Budget } from '../src/throttle/budget.ts';
import type { RateWindow } from '../src/throttle/rate-window.ts';
import { Throttle } from '../src/throttle/throttle.ts';

export interface GrantCosts {
  readonly promiseNs: number;
  /** Throttle and LocalBudget: acquire and release. */
  readonly inProcessNs: number;
  readonly pingUs: number;
  /** Each call asks Redis by itself. */
  readonly throughRedisUs: number;
  /** Calls one after the other while there is plenty: a few slots are taken at a time. */
  readonly withLeasesUs: number;
  /** In process, in empty promises. */
  readonly inProcessPerPromise: number;
  readonly throughRedisPerPing: number;
  readonly withLeasesPerPing: number;
}

/** Nobody waits in these. They hold some dozens of calls at a time, as 40/10s does. */
const IN_PROCESS = [{ limit: 1_000_000, lengthMs: 0.2 }];
const IN_REDIS = [{ limit: 1_000_000, lengthMs: 20 }];

export async function measureGrantCosts(): Promise<GrantCosts> {
  const redis = await RedisServer.start();
  try {
    const promise = await msEach(200_000, () => Promise.resolve());
    const local = new LocalBudget({ windows: IN_PROCESS, clock: systemClock, transitMs: 0 });
    const inProcess = await msEach(20_000, acquireFrom(local, IN_PROCESS));
    const ping = await redis.use((client) => msEach(3_000, () => client.ping()));
    const withLeases = await throughRedis(redis, 4);
    const throughRedisAlone = await throughRedis(redis, 0);
    return {
      promiseNs: promise * 1e6,
      inProcessNs: inProcess * 1e6,
      pingUs: ping * 1e3,
      throughRedisUs: throughRedisAlone * 1e3,
      withLeasesUs: withLeases * 1e3,
      inProcessPerPromise: inProcess / promise,
      throughRedisPerPing: throughRedisAlone / ping,
      withLeasesPerPing: withLeases / ping,
    };
  } finally {
    await redis.stop();
  }
}

async function throughRedis(redis: RedisServer, spare: number): Promise<number> {
  const budget = new SharedBudget({
    url: redis.url,
    key: `bench-${spare}`,
    windows: IN_REDIS,
    clock: systemClock,
    transitMs: 0,
    spare,
  });
  const call = acquireFrom(budget, IN_REDIS);
  await call();
  const cost = await msEach(3_000, call);
  await budget.dispose();
  return cost;
}

function acquireFrom(budget: Budget, windows: readonly RateWindow[]): () => Promise<void> {
  const throttle = new Throttle({ windows, budget, concurrency: 10, clock: systemClock });
  return async () => {
    const permit = await throttle.acquire();
    permit.release();
  };
}

/** The fastest of a few rounds: what else the machine does only ever adds. */
async function msEach(times: number, task: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const from = performance.now();
    for (let each = 0; each < times / 5; each++) await task();
    best = Math.min(best, (performance.now() - from) / (times / 5));
  }
  return best;
}
