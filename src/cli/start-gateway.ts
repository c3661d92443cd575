import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { createGateway, type Gateway } from '../gateway.ts';
import { listen, type RunningServer } from '../server/http-server.ts';
import { createLogger, type Logger } from '../server/logger.ts';
import { limitHeapGrowth } from './limit-heap-growth.ts';
import { listenFailure } from './listen-failure.ts';
import { logOperations } from '../server/logs/log-operations.ts';
import { loadTracing } from '../server/tracing/tracing.ts';
import { systemClock } from '../throttle/clock.ts';
import { VERSION } from '../version.ts';

export interface StartedGateway extends Gateway {
  readonly server: RunningServer;
  readonly logger: Logger;
}

const LONGEST_DISPOSAL_MS = 5_000;

/** @throws an error whose message says what is in the way, when the address cannot be had */
export async function startGateway(config: Config): Promise<StartedGateway> {
  limitHeapGrowth();
  const { secrets } = config;
  const clock = systemClock;
  const logger = createLogger(config.run.logLevel, { secrets });
  const warn = (message: string): void => {
    logger.warn(message);
  };
  const { tracing } = config.run;
  const gateway = createGateway(config, {
    clock,
    reportError: (err, requestId) => {
      logger.error({ err, ...(requestId !== undefined && { requestId }) }, 'unforeseen error');
    },
    warn,
    onOperation: logOperations(logger, clock),
    tracing: tracing && (await loadTracing({ ...tracing, serviceVersion: VERSION, secrets, clock, warn })),
  });
  const { host, port } = config.callers;
  const { drainMs, shutdownDelayMs: delayMs } = config.run;
  const { requestTimeoutMs } = config.bounds;
  await gateway.restore();
  const server = await listen(gateway.yoga, { host, port, drainMs, delayMs, requestTimeoutMs }).catch(
    async (error: unknown) => {
      // What it holds open, such as Redis, would keep the process from ending.
      await gateway.dispose();
      const { why, remedy } = listenFailure(error);
      throw new Error(`Cannot listen on ${host}:${port} (HOST, PORT): ${why} ${remedy}`, { cause: error });
    },
  );
  gateway.warm();
  return {
    ...gateway,
    logger,
    server: {
      url: server.url,
      stop: async () => {
        gateway.stopRefreshing();
        const stopped = await server.stop();
        // Deleting a minted token may have to wait for the rate limit; it ends by itself in any case.
        await Promise.race([gateway.dispose(), sleep(LONGEST_DISPOSAL_MS, undefined, { ref: false })]);
        return stopped;
      },
    },
  };
}
