/** The composition root: builds the floors from a Config, lowest first, and takes them down again. */
import { createHash } from 'node:crypto';
import { Catalog, type ReadReference } from './catalog/catalog.ts';
import type { ReferenceName, ReferenceRows } from './catalog/catalog-lists.ts';
import { nowhere, type CatalogStore } from './catalog/catalog-store.ts';
import { createFileStore } from './catalog/file-store.ts';
import type { Config } from './config/config.ts';
import { Demand } from './loading/demand.ts';
import type { Throttles } from './loading/operation.ts';
import { createDiscoveryClient } from './mode/discovery-client.ts';
import { mintSignatureTokens } from './mode/discovery/minted-signature-tokens.ts';
import { givenSignatureToken, type SignatureTokens } from './mode/discovery/signature-token.ts';
import type { CallContext } from './mode/call-context.ts';
import { observers } from './mode/call-observer.ts';
import { Flights } from './mode/flights.ts';
import { createHttp, type Http } from './mode/http.ts';
import { createRestClient, type RestClient } from './mode/rest-client.ts';
import { shareReads } from './mode/share-reads.ts';
import { upstreamWarnings } from './server/logs/upstream-warnings.ts';
import type { ReportError } from './server/mask-error.ts';
import { createMetrics } from './server/metrics/metrics.ts';
import type { OnOperation } from './server/operation-report.ts';
import { createReadiness, type Readiness } from './server/readiness.ts';
import type { Tracing } from './server/tracing/tracing.ts';
import { createGatewayYoga, type GatewayYoga } from './server/yoga.ts';
import { systemClock, type Clock } from './throttle/clock.ts';
import { CodedError } from './throttle/coded-error.ts';
import type { Budget } from './throttle/budget.ts';
import { SharedBudget } from './throttle/shared/shared-budget.ts';
import { LocalBudget } from './throttle/local-budget.ts';
import type { RateWindow } from './throttle/rate-window.ts';
import { Throttle } from './throttle/throttle.ts';
import { VERSION } from './version.ts';

export interface GatewayOptions {
  /** @default the machine's */
  readonly clock?: Clock;
  /** In [0, 1); spreads retries. @default Math.random */
  readonly random?: () => number;
  /** Told of errors nobody foresaw, which callers see masked. @default nobody */
  readonly reportError?: ReportError;
  /** Told of what an operator should know, such as a stored catalog that had to be set aside. @default nobody */
  readonly warn?: (message: string) => void;
  /** Told of each question when it is over: its log line. @default nobody */
  readonly onOperation?: OnOperation;
  /** From `loadTracing`; the gateway disposes of it. @default nothing is traced */
  readonly tracing?: Tracing | undefined;
}

export interface Gateway {
  /** Answers `/graphql`, `/health`, `/ready` and `/metrics`: a handler for node:http, and a `fetch`. */
  readonly yoga: GatewayYoga;
  readonly readiness: Readiness;
  /** REST's, and Discovery's too unless that has a limit of its own. */
  readonly throttle: Throttle;
  /** Both, which may be one and the same. */
  readonly throttles: Throttles;
  readonly catalog: Catalog;
  /** Batches of questions that wait for their turn. */
  readonly waitingBatches: number;
  /** Takes up the stored catalog. Before the first question, or that one spends calls on what lies on disk. */
  restore(): Promise<void>;
  /** Begins to read what the catalog lacks, if the configuration says so. */
  warm(): void;
  /** Both. */
  start(): Promise<void>;
  /** Stops reading the catalog and deletes a minted signature token. Answers nothing afterwards. */
  dispose(): Promise<void>;
}

export function createGateway(config: Config, options: GatewayOptions = {}): Gateway {
  const clock = options.clock ?? systemClock;
  const { mode } = config;
  const throttles = createThrottles(config, clock, options.warn ?? (() => undefined));
  const { tracing } = options;
  const metrics = config.run.metrics ? createMetrics(clock, VERSION) : undefined;
  const onOperation: OnOperation = (report) => {
    for (const tell of [options.onOperation, metrics?.onOperation, tracing?.onOperation]) tell?.(report);
  };
  const toMode = {
    baseUrl: mode.baseUrl,
    authorization: basic(mode.token, mode.secret),
    clock,
    random: options.random ?? Math.random,
    timeoutMs: mode.timeoutMs,
    observer: observers([
      ...(options.warn ? [upstreamWarnings(options.warn, clock)] : []),
      ...(metrics ? [metrics.calls] : []),
      ...(tracing ? [tracing.calls] : []),
    ]),
  };
  const client = createRestClient(
    createHttp({ ...toMode, throttle: throttles.rest, accept: 'application/hal+json' }),
    mode.workspace,
  );
  const http = createHttp({ ...toMode, throttle: throttles.discovery, accept: 'application/json' });
  const tokens = signatureTokens(config, http, clock);
  const onPriorityChange = (): void => {
    throttles.rest.reconsider();
    throttles.discovery.reconsider();
  };
  const flightsOver = (throttle: Throttle): Flights =>
    new Flights({
      waitMs: (lane, ahead) => throttle.earliestStart(lane, ahead) - clock.now(),
      likelyWaitMs: (lane, ahead) => throttle.likelyStart(lane, ahead) - clock.now(),
      onPriorityChange,
    });
  const reads = flightsOver(throttles.rest);
  const rest = shareReads(client, reads);
  let disposed = false;
  const catalog = new Catalog({
    discovery: tokens && createDiscoveryClient({ http, workspace: mode.workspace, tokens, clock }),
    readReference: referenceReader(client),
    clock,
    maxAgeMs: config.catalog.maxAgeMs,
    flights: flightsOver(throttles.discovery),
    onFailure: (name, error) => {
      const reason = error instanceof CodedError ? `${error.code}: ${error.message}` : 'unforeseen error';
      if (!disposed) options.warn?.(`The list of ${name} could not be read for the catalog (${reason})`);
    },
    store: tokens ? catalogStore(config, options.warn ?? (() => undefined)) : nowhere,
  });
  metrics?.watch({ throttles, catalog });
  const readiness = createReadiness(rest, clock);
  const demand = new Demand();
  const yoga = createGatewayYoga({
    premises: { rest, catalog, clock, throttles, demand },
    operationTimeoutMs: config.bounds.operationTimeoutMs,
    readiness,
    apiKeys: config.callers.apiKeys,
    keyWeights: config.callers.keyWeights,
    limits: { defaultPageSize: config.bounds.defaultPageSize, maxPageSize: config.bounds.maxPageSize },
    webUrl: mode.webUrl,
    graphiql: config.web.graphiql,
    reportError: options.reportError ?? (() => undefined),
    onOperation,
    metrics,
    tracing,
  });
  const warm = (): void => {
    if (config.catalog.warm) void catalog.warm();
  };
  return {
    yoga,
    readiness,
    throttle: throttles.rest,
    throttles,
    catalog,
    get waitingBatches() {
      return demand.size;
    },
    restore: () => catalog.restore(),
    warm,
    async start() {
      await catalog.restore();
      warm();
    },
    async dispose() {
      disposed = true;
      await catalog.dispose();
      await tokens?.dispose();
      await yoga.dispose();
      await Promise.all([throttles.rest.dispose(), throttles.discovery.dispose()]);
      await tracing?.dispose();
    },
  };
}

/** One for both APIs, as far as is known; another for Discovery where the operator says that it counts apart. */
function createThrottles({ mode, run }: Config, clock: Clock, warn: (message: string) => void): Throttles {
  const budgetOf = (bucket: string, windows: readonly RateWindow[]): Budget => {
    const { redisUrl: url, assumedReplicas } = run;
    if (url === undefined) return new LocalBudget({ windows, clock });
    // Who calls with the same credential counts with us, whatever else there is in this Redis.
    const key = createHash('sha256').update(`${mode.baseUrl} ${mode.token} ${bucket}`).digest('hex').slice(0, 24);
    return new SharedBudget({ url, key, windows, clock, assumedReplicas, warn });
  };
  const create = (bucket: string, windows: readonly RateWindow[]): Throttle =>
    new Throttle({ windows, budget: budgetOf(bucket, windows), concurrency: mode.concurrency, clock });
  const rest = create('rest', mode.rateWindows);
  return { rest, discovery: mode.discoveryRateWindows ? create('discovery', mode.discoveryRateWindows) : rest };
}

function referenceReader(rest: RestClient): ReadReference {
  const readers: { readonly [Name in ReferenceName]: (call: CallContext) => Promise<readonly ReferenceRows[Name][]> } =
    {
      workspace: async (call) => [await rest.readWorkspace(call)],
      allCollections: (call) => rest.listCollections(call),
      dataSources: (call) => rest.listDataSources(call),
      people: (call) => rest.listMembers(call),
    };
  return (name, call) => readers[name](call);
}

function signatureTokens({ mode }: Config, http: Http, clock: Clock): SignatureTokens | undefined {
  if (mode.discovery.kind === 'off') return undefined;
  if (mode.discovery.kind === 'given') return givenSignatureToken(mode.discovery);
  return mintSignatureTokens({ http, workspace: mode.workspace, clock });
}

function catalogStore({ catalog, mode }: Config, warn: (message: string) => void): CatalogStore {
  if (catalog.directory === undefined) return nowhere;
  // Another key may see less: what was read with one is never served to the other.
  const key = createHash('sha256').update(mode.token).digest('hex').slice(0, 16);
  return createFileStore({ directory: catalog.directory, owner: `${mode.baseUrl}/${mode.workspace}#${key}`, warn });
}

function basic(token: string, secret: string): string {
  return `Basic ${Buffer.from(`${token}:${secret}`, 'utf8').toString('base64')}`;
}
