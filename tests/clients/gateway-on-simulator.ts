import type { Catalog } from '../../src/catalog/catalog.ts';
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
  /** For tests that have it read anew. */
  readonly catalog: Catalog;
  stop(): Promise<void>;
}

type Variables = Readonly<Record<string, string>>;

/** The variables of a gateway with Discovery, whose catalog waits for the first question. */
export function withDiscovery({ discovery }: Simulator): Variables {
  return {
    MODE_DISCOVERY_TOKEN: discovery.token,
    MODE_DISCOVERY_ACCESS_KEY: discovery.accessKey,
    MODE_DISCOVERY_ACCESS_SECRET: discovery.accessSecret,
    CATALOG_WARM: 'off',
  };
}

/** @param variables what is to be otherwise than by default, which may depend on the Mode it runs on */
export async function startGatewayOnSimulator(
  size: SimulatorOptions['size'],
  variables: Variables | ((mode: Simulator) => Variables) = {},
): Promise<GatewayOnSimulator> {
  const mode = await startSimulator({
    seed: 7,
    size,
    behaviour: { rateLimit: null, latencyMs: 0, discoveryLatencyMs: 0 },
  });
  const config = readConfig({
    MODE_BASE_URL: mode.url,
    MODE_WORKSPACE: mode.workspace,
    MODE_API_TOKEN: mode.credentials.admin.token,
    MODE_API_SECRET: mode.credentials.admin.secret,
    MODE_RATE_LIMIT: '100000/1s',
    ...(typeof variables === 'function' ? variables(mode) : variables),
  });
  const { host } = config.callers;
  const { drainMs } = config.run;
  const gateway = createGateway(config);
  const server = await listen(gateway.yoga, { host, port: 0, drainMs });
  return {
    mode,
    origin: server.url,
    endpoint: `${server.url}/graphql`,
    catalog: gateway.catalog,
    stop: async () => {
      await server.stop();
      await gateway.dispose();
      await mode.close();
    },
  };
}
