import { readConfig } from '../config/config.ts';
import { startGateway } from './start-gateway.ts';
import { untilStopped } from './until-stopped.ts';

/**
 * `serve`: the gateway over the workspace that the environment names. Ends with 0 when every question it had taken was
 * answered, with 1 when some outlasted the drain.
 */
export async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const starting = startGateway(config).then((gateway) => {
    const { baseUrl, workspace } = config.mode;
    gateway.logger.info({ url: `${gateway.server.url}/graphql`, workspace, mode: baseUrl }, 'listening');
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
