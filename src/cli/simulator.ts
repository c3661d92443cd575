import { startSimulator } from '../simulator/index.ts';
import type { SimulatorCommandOptions } from './commands/simulator.ts';
import { listenFailure } from './listen-failure.ts';
import { untilStopped } from './until-stopped.ts';

/** `simulator`: a Mode that runs on this machine, for tests of your own. */
export async function simulator({ host, port, seed }: SimulatorCommandOptions): Promise<void> {
  // A compose file passes a variable on that is not set as empty text.
  const at = host === '' ? {} : { host };
  const mode = await startSimulator({ port, seed, ...at }).catch((error: unknown) => {
    throw new Error(`Cannot listen on ${host}:${port} (--host, --port): ${listenFailure(error).why}`, { cause: error });
  });
  // Heard before anything is said: whoever reads the address may stop it at once.
  const stopped = untilStopped(() => mode.close());
  console.log(`A simulated Mode is listening on ${mode.url}

  export MODE_BASE_URL=${mode.url}
  export MODE_WORKSPACE=${mode.workspace}
  export MODE_API_TOKEN=${mode.credentials.admin.token}
  export MODE_API_SECRET=${mode.credentials.admin.secret}
  export MODE_DISCOVERY=mint

The last of these gives the gateway the Discovery API, too; leave it out to see REST alone.

These keys open nothing but this simulator. Its ledger of calls: ${mode.url}/_simulator/ledger
Ctrl-C stops it.`);
  await stopped;
}
