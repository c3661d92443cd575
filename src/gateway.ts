/** The composition root: builds the floors from a Config, lowest first, and takes them down again. */
import type { Config } from './config.ts';
import { createHttp } from './mode/http.ts';
import { createRestClient } from './mode/rest-client.ts';
import type { ReportError } from './server/mask-error.ts';
import { createReadiness, type Readiness } from './server/readiness.ts';
import { createGatewayYoga, type GatewayYoga } from './server/yoga.ts';
import { systemClock, type Clock } from './throttle/clock.ts';
import { Throttle } from './throttle/throttle.ts';

export interface GatewayOptions {
  /** @default the machine's */
  readonly clock?: Clock;
  /** In [0, 1); spreads retries. @default Math.random */
  readonly random?: () => number;
  /** Told of errors nobody foresaw, which callers see masked. @default nobody */
  readonly reportError?: ReportError;
}

export interface Gateway {
  /** Answers `/graphql`, `/health` and `/ready`: a handler for node:http, and a `fetch`. */
  readonly yoga: GatewayYoga;
  readonly readiness: Readiness;
  readonly throttle: Throttle;
}

export function createGateway(config: Config, options: GatewayOptions = {}): Gateway {
  const clock = options.clock ?? systemClock;
  const throttle = new Throttle({
    windows: config.mode.rateWindows,
    concurrency: config.mode.concurrency,
    clock,
  });
  const http = createHttp({
    baseUrl: config.mode.baseUrl,
    authorization: basic(config.mode.token, config.mode.secret),
    accept: 'application/hal+json',
    throttle,
    clock,
    random: options.random ?? Math.random,
    timeoutMs: config.mode.timeoutMs,
  });
  const rest = createRestClient(http, config.mode.workspace);
  const readiness = createReadiness(rest, clock);
  const yoga = createGatewayYoga({
    rest,
    readiness,
    apiKeys: config.server.apiKeys,
    limits: { defaultPageSize: config.server.defaultPageSize, maxPageSize: config.server.maxPageSize },
    webUrl: config.mode.webUrl,
    reportError: options.reportError ?? (() => undefined),
  });
  return { yoga, readiness, throttle };
}

function basic(token: string, secret: string): string {
  return `Basic ${Buffer.from(`${token}:${secret}`, 'utf8').toString('base64')}`;
}
