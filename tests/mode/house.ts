import type { UpstreamCall } from '../../src/mode/call-context.ts';
import { createHttp, type Http, type HttpOptions } from '../../src/mode/http.ts';
import { createRestClient, type RestClient } from '../../src/mode/rest-client.ts';
import {
  startSimulator,
  type CredentialName,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/index.ts';
import type { Clock } from '../../src/throttle/clock.ts';
import { LocalBudget } from '../../src/throttle/local-budget.ts';
import { Throttle, type ThrottleOptions } from '../../src/throttle/throttle.ts';
import { acceleratedClock } from '../support/accelerated-clock.ts';

export interface HouseOptions {
  readonly simulator?: Partial<SimulatorOptions>;
  readonly throttle?: Partial<ThrottleOptions> & { readonly transitMs?: number };
  readonly http?: Partial<HttpOptions>;
  readonly as?: CredentialName;
}

/** The two lowest floors over a simulated Mode, sockets included, on one clock of fifty times the speed. */
export interface House {
  readonly mode: Simulator;
  readonly clock: Clock;
  readonly throttle: Throttle;
  readonly http: Http;
  readonly rest: RestClient;
  /** What callers were told of their attempts. */
  readonly told: UpstreamCall[];
  readonly context: { onCall(call: UpstreamCall): void };
}

/** Makes the lower floors over a Mode that runs already. */
export function moveInto(mode: Simulator, clock: Clock, options: HouseOptions = {}): House {
  // At this speed a second would be 20 ms of real time, which a busy machine may spend between two steps.
  const { transitMs = 60_000, windows = [{ limit: 10_000, lengthMs: 10_000 }], ...throttling } = options.throttle ?? {};
  const budget = new LocalBudget({ windows, clock, transitMs });
  const throttle = new Throttle({ windows, budget, concurrency: 4, clock, ...throttling });
  const { token, secret } = mode.credentials[options.as ?? 'admin'];
  const http = createHttp({
    baseUrl: mode.url,
    authorization: basic(token, secret),
    accept: 'application/hal+json',
    throttle,
    clock,
    random: () => 0,
    timeoutMs: 1_000_000,
    ...options.http,
  });
  const told: UpstreamCall[] = [];
  return {
    mode,
    clock,
    throttle,
    http,
    rest: createRestClient(http, mode.workspace),
    told,
    context: { onCall: (call) => told.push(call) },
  };
}

/** Starts a small Mode that answers at once and without a limit, and makes the lower floors over it. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const clock = acceleratedClock();
  const mode = await startSimulator({
    seed: 11,
    clock,
    ...options.simulator,
    size: { collections: 5, reports: 12, members: 4, dataSources: 3, ...options.simulator?.size },
    behaviour: { rateLimit: null, latencyMs: 0, weight: 'light', ...options.simulator?.behaviour },
  });
  return moveInto(mode, clock, options);
}

export function basic(token: string, secret: string): string {
  return `Basic ${Buffer.from(`${token}:${secret}`).toString('base64')}`;
}

/** Looks again and again until another party has brought something about. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** The first of the world's rows that fits, for tests that need one and do not care which. */
export function first<T>(rows: Iterable<T>, fits: (row: T) => boolean = () => true): T {
  for (const row of rows) if (fits(row)) return row;
  throw new Error('the world has none of these');
}

/** What a promise was rejected with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('nothing went wrong');
}
