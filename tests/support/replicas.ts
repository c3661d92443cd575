import { systemClock, type Clock } from '../../src/throttle/clock.ts';
import type { RateWindow } from '../../src/throttle/rate-window.ts';
import { SharedBudget, type SharedBudgetOptions } from '../../src/throttle/shared/shared-budget.ts';
import type { SharedTiming } from '../../src/throttle/shared/timing.ts';
import { Throttle } from '../../src/throttle/throttle.ts';
import type { RedisServer } from './redis-server.ts';
import { worstWindow, type Arrival } from './throttle-server.ts';

/** Short, so that a window, a lease and a quiet time go by in a test. */
export const TIMING: SharedTiming = {
  leaseMs: 100,
  transitMs: 40,
  heartbeatMs: 40,
  silentMs: 160,
  expiryMs: 20_000,
  timeoutMs: 120,
  flushMs: 10,
  probeMs: 30,
  startMs: 300,
};

export const LENGTH_MS = 300;
export const WINDOWS: readonly RateWindow[] = [{ limit: 20, lengthMs: LENGTH_MS }];

/** A replica on this process's clock, and every call it was let make. */
export class Replica {
  readonly budget: SharedBudget;
  readonly throttle: Throttle;
  readonly arrivals: Arrival[] = [];
  readonly warnings: string[] = [];
  /** When the clock was last looked at, by the budget or the throttle. */
  #lookedAt = 0;
  #isBusy = false;
  #workers: Promise<void>[] = [];

  constructor(url: string, options: Partial<SharedBudgetOptions> = {}) {
    const windows = options.windows ?? WINDOWS;
    const clock: Clock = {
      now: () => (this.#lookedAt = systemClock.now()),
      schedule: (callback, delayMs) => systemClock.schedule(callback, delayMs),
    };
    this.budget = new SharedBudget({
      url,
      key: 'test',
      windows,
      clock,
      warn: (message) => this.warnings.push(message),
      ...options,
      timing: { ...TIMING, ...options.timing },
    });
    this.throttle = new Throttle({ windows, budget: this.budget, concurrency: 100, clock });
  }

  /** Makes one call. */
  async call(settlesAfterMs = Math.random() * 20): Promise<void> {
    const permit = await this.throttle.acquire();
    // The moment for which it was let go, though a busy machine has spent a while since: as if it had been on its way.
    const from = this.#lookedAt;
    const arrival = { from, to: from + TIMING.transitMs };
    this.arrivals.push(arrival);
    await pause(settlesAfterMs);
    arrival.to = Math.min(arrival.to, systemClock.now());
    permit.release();
  }

  /** Has `workers` calls wait or run at any time, until `rest`. */
  hammer(workers = 12): void {
    this.#isBusy = true;
    const work = async (): Promise<void> => {
      while (this.#isBusy) await this.call();
    };
    this.#workers.push(...Array.from({ length: workers }, work));
  }

  /** Lets the calls that wait go, and begins no more. */
  async rest(): Promise<void> {
    this.#isBusy = false;
    await Promise.all(this.#workers);
    this.#workers = [];
  }

  get scope(): string {
    return this.budget.state().scope;
  }

  dispose(): Promise<void> {
    return this.throttle.dispose();
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Looks until it is so. Jest ends the test if it never is. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(5);
}

export function allArrivals(replicas: readonly Replica[]): Arrival[] {
  return replicas.flatMap(({ arrivals }) => arrivals);
}

/** Has all of them work while `meanwhile` happens, then lets them rest, and gives the most that one window held. */
export async function worstWhile(
  replicas: readonly Replica[],
  meanwhile: () => Promise<void>,
  lengthMs = LENGTH_MS,
): Promise<number> {
  for (const replica of replicas) replica.hammer();
  await meanwhile();
  await Promise.all(replicas.map((replica) => replica.rest()));
  return worstWindow(allArrivals(replicas), lengthMs);
}

/** Until each of them has made `calls` more. */
export async function untilEachMade(replicas: readonly Replica[], calls: number): Promise<void> {
  const before = replicas.map(({ arrivals }) => arrivals.length);
  await until(() => replicas.every(({ arrivals }, at) => arrivals.length >= (before[at] ?? 0) + calls));
}

export async function untilShared(replicas: readonly Replica[]): Promise<void> {
  await until(() => replicas.every(({ budget }) => budget.isShared));
}

/** Until each has a share to go by, should it be cut off. */
export async function untilEntitled(replicas: readonly Replica[], redis: RedisServer): Promise<void> {
  await until(async () => {
    const state = await redis.use((client) => client.hgetall('mode-graphql:{test}:state'));
    const shares = Object.entries(state).filter(([field]) => field.startsWith('n:'));
    return shares.length === replicas.length && shares.every(([, share]) => Number(share) === replicas.length);
  });
}
