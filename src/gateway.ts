/** The composition root: builds the floors from a Config, lowest first, and takes them down again. */
import type { Catalog } from './catalog/catalog.ts';
import type { Config } from './config/config.ts';
import type { Ground } from './house.ts';
import type { Throttles } from './loading/operation.ts';
import { manyHouses } from './many-houses.ts';
import { observers, type CallObserver } from './mode/call-observer.ts';
import { slices } from './mode/slices.ts';
import { oneHouse } from './one-house.ts';
import { readPersistedOperations } from './read-persisted-operations.ts';
import { prepareBehind } from './schema/prepare-behind.ts';
import { upstreamWarnings } from './server/logs/upstream-warnings.ts';
import type { ReportError } from './server/mask-error.ts';
import { createMetrics } from './server/metrics/metrics.ts';
import type { OnOperation } from './server/operation-report.ts';
import type { Readiness } from './server/readiness.ts';
import type { Tracing } from './server/tracing/tracing.ts';
import { createGatewayYoga, type GatewayYoga, type QuestionBounds } from './server/yoga.ts';
import { systemClock, type Clock } from './throttle/clock.ts';
import type { Throttle } from './throttle/throttle.ts';
import { VERSION } from './version.ts';

export interface GatewayOptions {
  /** In front of every path it answers, such as `/api` for `/api/graphql`. @default '' */
  readonly basePath?: string;
  /** @default the machine's */
  readonly clock?: Clock;
  /** In [0, 1); spreads retries. @default Math.random */
  readonly random?: () => number;
  /** Told of errors nobody foresaw, which callers see masked. @default nobody */
  readonly reportError?: ReportError;
  /** Told of what an operator should know, such as a stored catalog that had to be set aside. @default nobody */
  readonly warn?: (message: string) => void;
  /** Told of each call to Mode, whatever it is made for. @default nobody */
  readonly observer?: CallObserver;
  /** Told of each question when it is over: its log line. @default nobody */
  readonly onOperation?: OnOperation;
  /** From `loadTracing`; the gateway disposes of it. @default nothing is traced */
  readonly tracing?: Tracing | undefined;
}

export interface Gateway {
  /** Answers `/graphql`, `/health`, `/ready` and `/metrics`: a handler for node:http, and a `fetch`. */
  readonly yoga: GatewayYoga;
  readonly readiness: Readiness;
  /** REST's, and Discovery's too unless that has a limit of its own; where callers bring their own keys, only Discovery's. */
  readonly throttle: Throttle;
  /** Both, which may be one and the same. */
  readonly throttles: Throttles;
  /** All of it, whoever may see what. */
  readonly catalog: Catalog;
  /** Batches of questions that wait for their turn. */
  readonly waitingBatches: number;
  /** Takes up the stored catalog. Before the first question, or that one spends calls on what lies on disk. */
  restore(): Promise<void>;
  /** Begins to read what the catalog lacks, if the configuration says so. */
  warm(): void;
  /** Both. */
  start(): Promise<void>;
  /** Makes no more calls that nobody waits for: what is left of the limit is for the questions under way. */
  stopRefreshing(): void;
  /** Stops reading the catalog and deletes a minted signature token. Answers nothing afterwards. */
  dispose(): Promise<void>;
}

/** @throws {ConfigError} when the operations that PERSISTED_OPERATIONS names are not fit to be answered */
export function createGateway(config: Config, options: GatewayOptions = {}): Gateway {
  // First: what it throws must leave nothing open.
  const persistedOperations = readPersistedOperations(config.web);
  const clock = options.clock ?? systemClock;
  const { tracing } = options;
  const { metricsKey } = config.run;
  const metrics = config.run.metrics ? createMetrics(clock, VERSION) : undefined;
  const onOperation: OnOperation = (report) => {
    for (const tell of [options.onOperation, metrics?.onOperation, tracing?.onOperation]) tell?.(report);
  };
  const ground: Ground = {
    config,
    clock,
    random: options.random ?? Math.random,
    warn: options.warn ?? (() => undefined),
    observer: observers([
      ...(options.observer ? [options.observer] : []),
      ...(options.warn ? [upstreamWarnings(options.warn, clock)] : []),
      ...(metrics ? [metrics.calls] : []),
      ...(tracing ? [tracing.calls] : []),
    ]),
  };
  const { auth } = config.callers;
  const rooms = auth.kind === 'pass-through' ? manyHouses(ground, auth.believedMs) : oneHouse(ground);
  const { readiness, catalog, throttles } = rooms;
  metrics?.watch({ throttles, catalog });
  const preparation = prepareBehind(catalog, slices);
  const yoga = createGatewayYoga({
    basePath: options.basePath ?? '',
    door: rooms.door,
    operationTimeoutMs: config.bounds.operationTimeoutMs,
    readiness,
    limits: { defaultPageSize: config.bounds.defaultPageSize, maxPageSize: config.bounds.maxPageSize },
    bounds: questionBounds(config),
    keptAnswersBytes: config.catalog.answerBytes,
    compileAfter: config.run.compileAfter,
    webUrl: config.mode.webUrl,
    clock,
    web: { ...config.web, persistedOperations },
    reportError: options.reportError ?? (() => undefined),
    onOperation,
    // What they count is more than a caller with a key of Mode's may see.
    metrics:
      metrics && (metricsKey !== undefined || auth.kind !== 'pass-through') ? { metrics, key: metricsKey } : undefined,
    tracing,
  });
  const restore = (): Promise<void> => preparation.after(() => catalog.restore());
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
      return rooms.houses().reduce((sum, { premises }) => sum + premises.demand.size, 0);
    },
    restore,
    warm,
    async start() {
      await restore();
      warm();
    },
    stopRefreshing: () => catalog.stopRefreshing(),
    async dispose() {
      preparation.stop();
      await rooms.dispose();
      await yoga.dispose();
      await tracing?.dispose();
    },
  };
}

function questionBounds({ bounds }: Config): QuestionBounds {
  return {
    bodySize: bounds.maxBodySize,
    document: {
      tokens: bounds.maxTokens,
      depth: bounds.maxDepth,
      fields: bounds.maxFields,
      rootFields: bounds.maxRootFields,
      aliases: bounds.maxAliases,
      directives: bounds.maxDirectives,
      variables: bounds.maxVariables,
    },
    cost: { nodes: bounds.maxNodes, calls: bounds.maxUpstreamCalls },
  };
}
