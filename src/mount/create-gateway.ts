/**
 * The house as others see it who build on it: what asks, what starts and what ends it. All else that there is of it
 * (`gateway.ts`) may change from one version to the next.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig, type Config, type Variables } from '../config/config.ts';
import { createGateway as build, type GatewayOptions } from '../gateway.ts';
import { endpointsAt } from '../server/endpoints.ts';
import type { ReadinessState } from '../server/readiness.ts';
import { UNREADY } from '../server/stopping.ts';
import { Attendance } from './attendance.ts';
import { fetchHandler, type FetchHandler } from './fetch-handler.ts';
import { isRead } from './is-read.ts';
import { nodeHandler, type NodeHandler } from './node-handler.ts';

export interface StopOptions {
  /** Milliseconds that running questions get to finish. @default `SHUTDOWN_TIMEOUT`, 30 s */
  readonly drainMs?: number;
}

export interface Stopped {
  /** Questions that took longer, and were told to come back. */
  readonly cut: number;
}

/**
 * A gateway that listens nowhere by itself. It answers `/graphql` (questions, and the explorer's page), `/health`,
 * `/ready` and `/metrics`, below `basePath`, and 404 elsewhere.
 *
 * Its members are functions without `this`: `app.use('/graphql', gateway.handler)` is all it takes.
 */
export interface Gateway extends AsyncDisposable {
  /**
   * Answers a request of the Fetch API: for Hono, for routes that are such functions, and for tests. Who asks by address
   * does so for `http://gateway/graphql`: any host will do.
   *
   * Rejects with the signal's reason when the request is aborted, whose calls to Mode are then let go.
   */
  readonly fetch: FetchHandler;
  /**
   * Answers a request of node:http: for `createServer`, Express, and everything that hands out both of them. Takes
   * Fastify's own `request` and `reply`, too. Settles when the answer is written, and never rejects.
   *
   * The path it looks at is the whole one, whatever a framework takes off at the place of the mount.
   */
  readonly handler: NodeHandler;
  /**
   * Takes up what was stored of the catalog, then begins to read what it lacks (`CATALOG_WARM`). Without it the first
   * question does so, and waits for the former.
   */
  start(): Promise<void>;
  /** What `/ready` says, for a probe of your own. Costs at most one call to Mode a minute. */
  ready(): Promise<ReadinessState>;
  /**
   * Finishes the questions that run and answers new ones 503 (`STOPPING`), cuts those that take longer, then lets go of
   * everything, such as Redis or a minted signature token. Call it before you close the server.
   */
  stop(options?: StopOptions): Promise<Stopped>;
  /** The same at once: questions that run are cut. */
  dispose(): Promise<void>;
}

/** Deleting a minted token may have to wait for the rate limit; it ends by itself in any case. */
const LONGEST_DISPOSAL_MS = 5_000;

const BASE_PATH = /^(\/[\w.~-]+)*$/;

/**
 * A gateway to mount in a server of yours.
 *
 * @example
 * const gateway = createGateway({ MODE_WORKSPACE: 'acme', MODE_API_TOKEN: '…', MODE_API_SECRET: '…' });
 * const server = createServer(gateway.handler).listen(4000, '127.0.0.1');
 *
 * @param config the variables of docs/configuration.md, or what `readConfig` has made of them; by default the
 *   environment. `HOST`, `PORT`, `REQUEST_TIMEOUT`, `SHUTDOWN_DELAY` and `LOG_LEVEL` are the command's alone: who may
 *   reach the gateway is up to the server that it is mounted in.
 * @throws {ConfigError} naming every variable that is missing or wrong, and what to do about it
 */
export function createGateway(config: Config | Variables = process.env, options: GatewayOptions = {}): Gateway {
  const { basePath = '', warn = () => undefined } = options;
  if (!BASE_PATH.test(basePath)) {
    throw new TypeError('basePath must begin with a slash and end without one, such as /api.');
  }
  const read = isRead(config) ? config : readConfig(config);
  const gateway = build(read, options);
  const attendance = new Attendance(endpointsAt(basePath));
  let started: Promise<void> | undefined;
  let stopped: Promise<Stopped> | undefined;
  const start = (): Promise<void> => (started ??= gateway.start());
  const mounted = { yoga: gateway.yoga, attendance, start, warn: once(warn) };
  const stop = ({ drainMs = read.run.drainMs }: StopOptions = {}): Promise<Stopped> => (stopped ??= end(drainMs));

  async function end(drainMs: number): Promise<Stopped> {
    gateway.stopRefreshing();
    const cut = await attendance.close(drainMs);
    await Promise.race([gateway.dispose(), sleep(LONGEST_DISPOSAL_MS, undefined, { ref: false })]);
    return { cut };
  }

  return {
    fetch: fetchHandler(mounted),
    handler: nodeHandler(mounted),
    start,
    ready: () => (stopped ? Promise.resolve(UNREADY) : gateway.readiness.check()),
    stop,
    async dispose() {
      attendance.hurry();
      await stop({ drainMs: 0 });
    },
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

/** What is wrong with how it is mounted is wrong with every request. */
function once(warn: (message: string) => void): (message: string) => void {
  let isTold = false;
  return (message) => {
    if (!isTold) warn(message);
    isTold = true;
  };
}
