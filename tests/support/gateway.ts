import { readConfig } from '../../src/config/config.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../src/gateway.ts';
import { listen, type RunningServer } from '../../src/server/http-server.ts';
import { createLogger } from '../../src/server/logger.ts';
import { logOperations } from '../../src/server/logs/log-operations.ts';
import {
  startSimulator,
  type CredentialName,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/index.ts';
import { systemClock } from '../../src/throttle/clock.ts';
import { lookForSecrets, watchSecrets } from './secret-watch.ts';
import type { Tree } from './tree.ts';

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, Tree>>;
}

/** A GraphQL answer as it came over the wire. */
export interface Answer {
  readonly data?: Tree;
  readonly errors?: readonly AnswerError[];
  readonly extensions?: {
    readonly upstream: {
      readonly calls: { readonly rest: number; readonly discovery: number };
      readonly waitedMs: number;
      readonly plan: readonly {
        readonly what: string;
        readonly how: string;
        readonly source: string;
        readonly keys: number;
        readonly calls: number;
        readonly batches: number;
      }[];
      readonly rateLimit: {
        readonly limit: number;
        readonly remaining: number;
        readonly resetsAt: string;
        readonly queued: number;
        readonly estimatedWaitSeconds: number;
        readonly paused: boolean;
        readonly concurrency: number;
        readonly scope: string;
      };
      readonly snapshotAsOf: string | null;
      readonly notes: readonly { readonly code: string; readonly message: string }[];
    };
  };
}

export type Env = Readonly<Record<string, string>>;

/** Long enough for an honest answer on a busy machine, short enough to wait for three times. */
export const IMPATIENT: Env = { MODE_TIMEOUT: '3s' };
/** For what takes long on a busy machine, where it is not time that is looked at. */
export const PATIENT: Env = { OPERATION_TIMEOUT: '10m' };

/** `TEST_COMPILE_AFTER=0` has every question of the tests carried out by a compiled operation. */
const COMPILING: Env =
  process.env.TEST_COMPILE_AFTER === undefined ? {} : { COMPILE_AFTER: process.env.TEST_COMPILE_AFTER };

/** The environment of a gateway over `mode`, with a rate limit that no small test meets, and REST alone. */
export function envFor(mode: Simulator, who: CredentialName = 'admin'): Env {
  return {
    MODE_BASE_URL: mode.url,
    MODE_WORKSPACE: mode.workspace,
    MODE_API_TOKEN: mode.credentials[who].token,
    MODE_API_SECRET: mode.credentials[who].secret,
    MODE_RATE_LIMIT: '100000/100ms',
    PORT: '0',
    MODE_DISCOVERY: 'off',
    CATALOG_DIR: 'off',
    LOG_LEVEL: 'silent',
    ...COMPILING,
  };
}

/** The same with Discovery, and a catalog that waits for the first question. */
export function envWithDiscovery(mode: Simulator): Env {
  return {
    ...envFor(mode),
    MODE_DISCOVERY: 'auto',
    MODE_DISCOVERY_TOKEN: mode.discovery.token,
    MODE_DISCOVERY_ACCESS_KEY: mode.discovery.accessKey,
    MODE_DISCOVERY_ACCESS_SECRET: mode.discovery.accessSecret,
    CATALOG_WARM: 'off',
  };
}

/** A small workspace that answers at once and without a limit. */
export function startSmallMode(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  return startSimulator({
    seed: 5,
    ...options,
    size: { collections: 6, reports: 40, members: 12, dataSources: 3, ...options.size },
    behaviour: { rateLimit: null, latencyMs: 0, discoveryLatencyMs: 0, weight: 'light', ...options.behaviour },
  });
}

export function gatewayOver(env: Env, options: GatewayOptions = {}): Gateway {
  return createGateway(readConfig(env), { random: () => 0, ...options, ...watched(env, options) });
}

/**
 * Has everything logged, at the lowest level there is, and secrets looked for in it. This logger knows none of them:
 * what is asserted is that they do not even get so far that they must be struck.
 */
function watched(env: Env, options: GatewayOptions): GatewayOptions {
  const watch = watchSecrets(env);
  const logger = createLogger('trace', { destination: { write: (line) => watch.look('a log line', line) } });
  const logOperation = logOperations(logger, options.clock ?? systemClock);
  return {
    reportError: (err, requestId) => {
      logger.error({ err, requestId });
      options.reportError?.(err, requestId);
    },
    warn: (message) => {
      logger.warn(message);
      options.warn?.(message);
    },
    onOperation: (report) => {
      logOperation(report);
      options.onOperation?.(report);
    },
  };
}

/** Asks without a socket on the gateway's side; calls to Mode still go over one. */
export async function ask(gateway: Gateway, query: string, variables: Record<string, Tree> = {}): Promise<Answer> {
  return answerIn(await gateway.yoga.fetch('http://gateway/graphql', post(query, variables)));
}

/** Asks with a `Cache-Control` header: how old the answer may be. */
export async function askFresh(
  gateway: Gateway,
  cacheControl: string,
  query: string,
  variables: Record<string, Tree> = {},
): Promise<Answer> {
  const request = post(query, variables);
  const headers = { ...Object.fromEntries(new Headers(request.headers)), 'cache-control': cacheControl };
  return answerIn(await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers }));
}

/** Asks over a socket. */
export async function askAt(url: string, query: string, init: RequestInit = {}): Promise<Answer> {
  return answerIn(await fetch(`${url}/graphql`, { ...post(query), ...init }));
}

async function answerIn(response: Response): Promise<Answer> {
  const text = await response.text();
  lookForSecrets('an answer', text);
  lookForSecrets('the headers of an answer', JSON.stringify([...response.headers]));
  return JSON.parse(text) as Answer;
}

export function post(query: string, variables: Record<string, Tree> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  };
}

export function serve(gateway: Gateway, drainMs = 2_000): Promise<RunningServer> {
  return listen(gateway.yoga, { host: '127.0.0.1', port: 0, drainMs });
}

export function codes(answer: Answer): (Tree | undefined)[] {
  return (answer.errors ?? []).map((error) => error.extensions?.code);
}

/** A question and the calls it cost by the simulator's ledger, which it empties first. */
export async function bill(
  mode: Simulator,
  gateway: Gateway,
  query: string,
  variables: Record<string, Tree> = {},
): Promise<{ answer: Answer; calls: string[] }> {
  mode.ledger.clear();
  const answer = await ask(gateway, query, variables);
  return { answer, calls: mode.ledger.entries.map((entry) => entry.path) };
}

/** Waits, by looking again and again, for something another party brings about. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}
