/** The composition root: builds the floors from a Config, lowest first, and takes them down again. */
import { Catalog } from './catalog/catalog.ts';
import { VisibleCatalog } from './catalog/visible-catalog.ts';
import type { Config } from './config/config.ts';
import { createDiscoveryCatalog } from './discovery.ts';
import {
  basic,
  createHouse,
  createModeClient,
  createThrottle,
  flightsOver,
  referenceReader,
  type Ground,
  type House,
} from './house.ts';
import { Houses } from './houses.ts';
import type { Premises, Throttles } from './loading/operation.ts';
import { observers } from './mode/call-observer.ts';
import type { Door } from './server/callers/door.ts';
import { createJwtDoor } from './server/callers/jwt-door.ts';
import { createKeyDoor } from './server/callers/key-door.ts';
import { createOpenDoor } from './server/callers/open-door.ts';
import { createPassThroughDoor } from './server/callers/pass-through-door.ts';
import { readPersistedOperations } from './read-persisted-operations.ts';
import { upstreamWarnings } from './server/logs/upstream-warnings.ts';
import type { ReportError } from './server/mask-error.ts';
import { createMetrics } from './server/metrics/metrics.ts';
import type { OnOperation } from './server/operation-report.ts';
import { createReadiness, reach, type Readiness } from './server/readiness.ts';
import type { Tracing } from './server/tracing/tracing.ts';
import { createGatewayYoga, type GatewayYoga, type QuestionBounds } from './server/yoga.ts';
import { systemClock, type Clock } from './throttle/clock.ts';
import type { Throttle } from './throttle/throttle.ts';
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

/** Who answers, and what there is to be told of it and taken down. */
interface Rooms {
  readonly door: Door;
  readonly readiness: Readiness;
  readonly throttles: Throttles;
  readonly catalog: Catalog;
  houses(): readonly House[];
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
      ...(options.warn ? [upstreamWarnings(options.warn, clock)] : []),
      ...(metrics ? [metrics.calls] : []),
      ...(tracing ? [tracing.calls] : []),
    ]),
  };
  const { auth } = config.callers;
  const rooms = auth.kind === 'pass-through' ? manyHouses(ground, auth.believedMs) : oneHouse(ground);
  const { readiness, catalog, throttles } = rooms;
  metrics?.watch({ throttles, catalog });
  const yoga = createGatewayYoga({
    door: rooms.door,
    operationTimeoutMs: config.bounds.operationTimeoutMs,
    readiness,
    limits: { defaultPageSize: config.bounds.defaultPageSize, maxPageSize: config.bounds.maxPageSize },
    bounds: questionBounds(config),
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
    restore: () => catalog.restore(),
    warm,
    async start() {
      await catalog.restore();
      warm();
    },
    stopRefreshing: () => catalog.stopRefreshing(),
    async dispose() {
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

/** All questions are answered with the gateway's own API key. */
function oneHouse(ground: Ground): Rooms {
  const { config, clock } = ground;
  const { mode } = config;
  const { token, secret } = mode.credential ?? { token: '', secret: '' };
  const rest = createThrottle(ground, token, 'rest', mode.rateWindows);
  const discovery = mode.discoveryRateWindows && createThrottle(ground, token, 'discovery', mode.discoveryRateWindows);
  const throttles: Throttles = { rest, discovery: discovery ?? rest };
  const client = createModeClient(ground, rest, basic(token, secret));
  const { catalog, dispose } = createDiscoveryCatalog(ground, throttles, referenceReader(client));
  const house = createHouse(ground, { client, throttles, catalog });
  return {
    door: doorOf(config, house.premises),
    readiness: createReadiness(house.premises.rest, clock, {
      canAnswerAlone: () => catalog.status().some(({ asOf }) => asOf !== null),
    }),
    throttles,
    catalog,
    houses: () => [house],
    async dispose() {
      house.cut();
      await dispose();
      await Promise.all([rest.dispose(), discovery?.dispose()]);
    },
  };
}

function doorOf({ callers: { auth } }: Config, premises: Premises): Door {
  if (auth.kind === 'jwt') return createJwtDoor(auth, premises);
  return auth.kind === 'keys' && auth.keys.length > 0 ? createKeyDoor(auth.keys, premises) : createOpenDoor(premises);
}

/** A house that nobody was in for so long is taken down. */
const IDLE_MS = 600_000;

/** Credentials that callers bring, at once. Each holds its count, and with Redis a connection. */
const MOST_CREDENTIALS = 500;

/** Each caller's questions are answered with the API key that they bring, and nobody else sees the answers. */
function manyHouses(ground: Ground, believedMs: number): Rooms {
  const { config, clock } = ground;
  const { mode, bounds } = config;
  const reader = mode.discovery.kind === 'given' ? mode.discovery.token : '';
  const discovery = createThrottle(ground, reader, 'discovery', mode.discoveryRateWindows ?? mode.rateWindows);
  const shared = createDiscoveryCatalog(ground, { rest: discovery, discovery });
  const houses = new Houses({
    clock,
    idleMs: Math.max(IDLE_MS, bounds.operationTimeoutMs * 2, ...mode.rateWindows.map(({ lengthMs }) => lengthMs * 2)),
    most: MOST_CREDENTIALS,
    build: (authorization) => {
      const rest = createThrottle(ground, authorization, 'rest', mode.rateWindows);
      const throttles: Throttles = { rest, discovery };
      const client = createModeClient(ground, rest, authorization);
      const own = new Catalog({
        readReference: referenceReader(client),
        clock,
        // Read anew behind an answer, so that nobody waits for it when its time is over.
        maxAgeMs: believedMs / 2,
        flights: flightsOver(rest, throttles, clock),
      });
      const catalog = new VisibleCatalog({ shared: shared.catalog, own, clock, believedMs });
      const house = createHouse(ground, { client, throttles, catalog });
      return {
        ...house,
        async dispose() {
          house.cut();
          await own.dispose();
          await rest.dispose();
        },
      };
    },
  });
  // In this process only: it protects the way to Mode, not anybody's budget.
  const doorstep = createThrottle(
    { ...ground, config: { ...config, run: { ...config.run, redisUrl: undefined } } },
    '',
    'doorstep',
    mode.rateWindows,
  );
  return {
    door: createPassThroughDoor({ tenants: houses, clock, believedMs, doorstep }),
    readiness: createReadiness(createModeClient(ground, doorstep), clock, { probe: reach }),
    throttles: { rest: discovery, discovery },
    catalog: shared.catalog,
    houses: () => houses.all(),
    async dispose() {
      await houses.dispose();
      await shared.dispose();
      await Promise.all([discovery.dispose(), doorstep.dispose()]);
    },
  };
}
