import { readConfig, type Config } from '../config/config.ts';
import type { ServeOptions } from './commands/serve.ts';
import { withAdvice } from './configuration-advice.ts';
import { readEnvironment } from './read-environment.ts';
import { startGateway, type StartedGateway } from './start-gateway.ts';
import { untilStopped } from './until-stopped.ts';

/**
 * `serve`: the gateway over the workspace that the environment names. Ends with 0 when every question it had taken was
 * answered, with 1 when some outlasted the drain.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const config = await readConfigWithAdvice(options);
  const starting = startGateway(config).then((gateway) => {
    const { baseUrl, workspace } = config.mode;
    gateway.logger.info({ url: `${gateway.server.url}/graphql`, workspace, mode: baseUrl }, 'listening');
    void sayWhetherReady(gateway);
    return gateway;
  });
  await untilStopped(async () => {
    const { server, logger } = await starting;
    logger.info('stopping: running questions are finished, new ones refused');
    const { cut } = await server.stop();
    if (cut === 0) {
      logger.info('stopped');
      return;
    }
    logger.warn({ cut }, 'stopped; questions that took longer than SHUTDOWN_TIMEOUT were cut');
    process.exitCode = 1;
  }, starting);
}

async function readConfigWithAdvice({ host, port, ...options }: ServeOptions): Promise<Config> {
  const environment = {
    ...(await readEnvironment(options)),
    ...(host !== undefined && { HOST: host }),
    ...(port !== undefined && { PORT: String(port) }),
  };
  try {
    return readConfig(environment);
  } catch (error) {
    throw withAdvice(error, environment);
  }
}

const DOCTOR = '"npm run doctor", or "mode-graphql doctor", looks into it.';

/** Checks of up to five seconds each: with a Redis that is gone, nobody calls Mode for the first fifteen. */
const MOST_CHECKS = 5;

/**
 * Asks Mode once, as `/ready` would. Without it, a gateway with a wrong key looks well until somebody asks it something.
 * The answer is kept for the probe that comes next. Where a catalog was stored, this very key was good not long ago, and
 * to start again costs no call.
 */
async function sayWhetherReady({ readiness, catalog, logger }: StartedGateway): Promise<void> {
  if (catalog.status().some(({ asOf }) => asOf !== null)) return;
  let state = await readiness.check();
  for (let n = 1; n < MOST_CHECKS && !state.ready && state.code === undefined; n++) state = await readiness.check();
  const { ready, code, reason } = state;
  if (ready) logger.info('ready');
  else logger.warn({ ready, code }, `not ready: ${reason ?? ''} ${DOCTOR}`);
}
