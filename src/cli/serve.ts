import { readConfig } from '../config/config.ts';
import { startGateway } from './start-gateway.ts';
import { untilStopped } from './until-stopped.ts';

/** `serve`: the gateway over the workspace that the environment names. */
export async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const { server, logger } = await startGateway(config);
  const { baseUrl, workspace } = config.mode;
  logger.info({ url: `${server.url}/graphql`, workspace, mode: baseUrl }, 'listening');
  await untilStopped(async () => {
    logger.info('stopping: running questions are finished, new ones refused');
    await server.stop();
    logger.info('stopped');
  });
}
