import { readConfig } from '../../src/config/config.ts';
import { createGateway } from '../../src/gateway.ts';
import { listen } from '../../src/server/http-server.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts';

/** A gateway on a real port, over a small simulated Mode that answers at once and without a limit. */
export interface GatewayOnSimulator {
  readonly mode: Simulator;
  /** Without a path. */
  readonly origin: string;
  readonly endpoint: string;
  stop(): Promise<void>;
}

export async function startGatewayOnSimulator(
  size: SimulatorOptions['size'],
  variables: Readonly<Record<string, string>> = {},
): Promise<GatewayOnSimulator> {
  const mode = await startSimulator({ seed: 7, size, behaviour: { rateLimit: null, latencyMs: 0 } });
  const config = readConfig({
    MODE_BASE_URL: mode.url,
    MODE_WORKSPACE: mode.workspace,
    MODE_API_TOKEN: mode.credentials.admin.token,
    MODE_API_SECRET: mode.credentials.admin.secret,
    MODE_RATE_LIMIT: '100000/1s',
    ...variables,
  });
  const { host } = config.callers;
  const { drainMs } = config.run;
  const server = await listen(createGateway(config).yoga, { host, port: 0, drainMs });
  return {
    mode,
    origin: server.url,
    endpoint: `${server.url}/graphql`,
    stop: async () => {
      await server.stop();
      await mode.close();
    },
  };
}
