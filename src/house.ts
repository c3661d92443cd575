/** What calls Mode with one credential: its throttles, its client, what it shares between questions, and its catalog. */
import { createHash } from 'node:crypto';
import type { ReadReference } from './catalog/catalog.ts';
import type { ReferenceName, ReferenceRows } from './catalog/catalog-lists.ts';
import type { CatalogView } from './catalog/catalog-view.ts';
import type { Config } from './config/config.ts';
import { Demand } from './loading/demand.ts';
import type { Premises, Throttles } from './loading/operation.ts';
import type { CallContext } from './mode/call-context.ts';
import type { CallObserver } from './mode/call-observer.ts';
import { Flights } from './mode/flights.ts';
import { createHttp } from './mode/http.ts';
import { createRestClient, type RestClient } from './mode/rest-client.ts';
import { shareReads } from './mode/share-reads.ts';
import type { Budget } from './throttle/budget.ts';
import type { Clock } from './throttle/clock.ts';
import { LocalBudget } from './throttle/local-budget.ts';
import type { RateWindow } from './throttle/rate-window.ts';
import { SharedBudget } from './throttle/shared/shared-budget.ts';
import { Throttle } from './throttle/throttle.ts';

/** What all houses stand on. */
export interface Ground {
  readonly config: Config;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly warn: (message: string) => void;
  /** Told of every call. */
  readonly observer: CallObserver | undefined;
}

export interface House {
  readonly premises: Premises;
  /** Cuts what is being read for its questions. */
  cut(): void;
}

export interface HouseOptions {
  readonly client: RestClient;
  readonly throttles: Throttles;
  /** As its questions see it. */
  readonly catalog: CatalogView;
}

export function createHouse({ clock }: Ground, { client, throttles, catalog }: HouseOptions): House {
  const reads = flightsOver(throttles.rest, throttles, clock);
  return {
    premises: { rest: shareReads(client, reads), catalog, clock, throttles, demand: new Demand() },
    cut: () => reads.cut(),
  };
}

/** @param authorization value of the header; without it, Mode is asked as nobody */
export function createModeClient(ground: Ground, throttle: Throttle, authorization?: string): RestClient {
  const http = createHttp({ ...toMode(ground), authorization, throttle, accept: 'application/hal+json' });
  return createRestClient(http, ground.config.mode.workspace);
}

/** How every call is made, whoever makes it. */
export function toMode({ config: { mode }, clock, random, observer }: Ground) {
  return { baseUrl: mode.baseUrl, clock, random, timeoutMs: mode.timeoutMs, observer };
}

/** Readings that are shared, in the queue of one throttle; who hastens one may hasten what waits for the other. */
export function flightsOver(throttle: Throttle, throttles: Throttles, clock: Clock): Flights {
  return new Flights({
    waitMs: (lane, ahead) => throttle.earliestStart(lane, ahead) - clock.now(),
    likelyWaitMs: (lane, ahead) => throttle.likelyStart(lane, ahead) - clock.now(),
    onPriorityChange: () => {
      throttles.rest.reconsider();
      throttles.discovery.reconsider();
    },
  });
}

/** @param owner who is limited: the token of the credential, of which only a hash leaves the process */
export function createThrottle(
  { config: { mode, run }, clock, warn }: Ground,
  owner: string,
  bucket: string,
  windows: readonly RateWindow[],
): Throttle {
  const budget = (): Budget => {
    const { redisUrl: url, assumedReplicas } = run;
    if (url === undefined) return new LocalBudget({ windows, clock });
    // Who calls with the same credential counts with us, whatever else there is in this Redis.
    const key = createHash('sha256').update(`${mode.baseUrl} ${owner} ${bucket}`).digest('hex').slice(0, 24);
    return new SharedBudget({ url, key, windows, clock, assumedReplicas, warn });
  };
  return new Throttle({ windows, budget: budget(), concurrency: mode.concurrency, clock });
}

export function referenceReader(rest: RestClient): ReadReference {
  const readers: { readonly [Name in ReferenceName]: (call: CallContext) => Promise<readonly ReferenceRows[Name][]> } =
    {
      workspace: async (call) => [await rest.readWorkspace(call)],
      allCollections: (call) => rest.listCollections(call),
      dataSources: (call) => rest.listDataSources(call),
      people: (call) => rest.listMembers(call),
    };
  return (name, call) => readers[name](call);
}

export function basic(token: string, secret: string): string {
  return `Basic ${Buffer.from(`${token}:${secret}`, 'utf8').toString('base64')}`;
}
