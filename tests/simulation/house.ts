import { referenceReader } from '../../src/house.ts';
import { CATALOG_LISTS } from '../../src/catalog/catalog-lists.ts';
import type { CatalogStore } from '../../src/catalog/catalog-store.ts';
import { Catalog } from '../../src/catalog/catalog.ts';
import { Demand } from '../../src/loading/demand.ts';
import type { Premises } from '../../src/loading/operation.ts';
import { createDiscoveryClient } from '../../src/mode/discovery-client.ts';
import { mintSignatureTokens } from '../../src/mode/discovery/minted-signature-tokens.ts';
import { givenSignatureToken } from '../../src/mode/discovery/signature-token.ts';
import { Flights, type FlightsOptions } from '../../src/mode/flights.ts';
import { createHttp } from '../../src/mode/http.ts';
import { createRestClient, type RestClient } from '../../src/mode/rest-client.ts';
import { shareReads } from '../../src/mode/share-reads.ts';
import type { Budget } from '../../src/throttle/budget.ts';
import type { Clock } from '../../src/throttle/clock.ts';
import { LocalBudget, type LocalBudgetOptions } from '../../src/throttle/local-budget.ts';
import type { RateWindow } from '../../src/throttle/rate-window.ts';
import type { ThrottleOptions } from '../../src/throttle/throttle.ts';
import { Random } from '../../src/simulator/world/random.ts';
import { SaidByMode } from './said-by-mode.ts';
import { WORKSPACE } from './truth.ts';
import type { Upstream } from './upstream.ts';
import { WatchedThrottle, type Watch } from './watched-throttle.ts';

/** Parts that a test may replace by broken ones, to see that the judges notice. */
export interface Parts {
  makeThrottle(options: ThrottleOptions, watch: Watch): WatchedThrottle;
  makeBudget(options: LocalBudgetOptions): Budget;
  makeFlights(options: FlightsOptions): Flights;
  wrapRest(client: RestClient): RestClient;
}

export const REAL_PARTS: Parts = {
  makeThrottle: (options, watch) => new WatchedThrottle(options, watch),
  makeBudget: (options) => new LocalBudget(options),
  makeFlights: (options) => new Flights(options),
  wrapRest: (client) => client,
};

export interface HouseOptions {
  readonly seed: number;
  readonly clock: Clock;
  readonly upstream: Upstream;
  readonly windows: readonly RateWindow[];
  readonly discoveryWindows: readonly RateWindow[] | undefined;
  readonly concurrency: number;
  readonly discovery: 'off' | 'given' | 'minted';
  readonly store: CatalogStore;
  readonly watch: Watch;
  readonly parts: Parts;
}

export interface House {
  readonly catalog: Catalog;
  readonly premises: Premises;
  readonly throttles: readonly WatchedThrottle[];
  dispose(): Promise<void>;
}

export const TIMEOUT_MS = 30_000;
export const CATALOG_MAX_AGE_MS = 15 * 60_000;

/** The floors below GraphQL, put together as `createGateway` does. */
export function openHouse(options: HouseOptions): House {
  const { seed, clock, upstream, windows, discoveryWindows, concurrency, parts } = options;
  const makeThrottle = (rates: readonly RateWindow[]): WatchedThrottle =>
    parts.makeThrottle(
      { windows: rates, budget: parts.makeBudget({ windows: rates, clock }), concurrency, clock },
      options.watch,
    );
  const rest = makeThrottle(windows);
  const discovery = discoveryWindows ? makeThrottle(discoveryWindows) : rest;
  const random = new Random(seed, 'retries');
  const toMode = {
    baseUrl: 'http://mode.test',
    authorization: SaidByMode.authorization,
    clock,
    random: () => random.next(),
    timeoutMs: TIMEOUT_MS,
    fetch: upstream.fetch,
  };
  const client = createRestClient(createHttp({ ...toMode, throttle: rest, accept: 'application/hal+json' }), WORKSPACE);
  const http = createHttp({ ...toMode, throttle: discovery, accept: 'application/json' });
  const tokens =
    options.discovery === 'minted'
      ? mintSignatureTokens({ http, workspace: WORKSPACE, clock })
      : givenSignatureToken(upstream.mode.tokens.preset);
  const onPriorityChange = (): void => {
    rest.reconsider();
    discovery.reconsider();
  };
  const flightsOver = (throttle: WatchedThrottle): Flights =>
    parts.makeFlights({
      waitMs: (lane, ahead) => throttle.earliestStart(lane, ahead) - clock.now(),
      likelyWaitMs: (lane, ahead) => throttle.likelyStart(lane, ahead) - clock.now(),
      onPriorityChange,
    });
  const catalog = new Catalog({
    discovery:
      options.discovery === 'off' ? undefined : createDiscoveryClient({ http, workspace: WORKSPACE, tokens, clock }),
    readReference: referenceReader(client),
    clock,
    maxAgeMs: CATALOG_MAX_AGE_MS,
    flights: flightsOver(discovery),
    store: options.store,
  });
  return {
    catalog,
    premises: {
      rest: parts.wrapRest(shareReads(client, flightsOver(rest))),
      catalog,
      clock,
      throttles: { rest, discovery },
      demand: new Demand(),
    },
    throttles: rest === discovery ? [rest] : [rest, discovery],
    async dispose() {
      await catalog.dispose();
      await tokens.dispose();
      await Promise.all([rest.dispose(), discovery.dispose()]);
    },
  };
}

/** Which of the catalog's lists is being read. */
export function listsBeingRead({ premises }: House): string[] {
  return CATALOG_LISTS.filter((name) => premises.catalog.readingFor(name) !== undefined);
}
