import { parseArgs } from 'node:util';
import { startSimulator } from '../simulator/index.ts';
import { UsageError } from './usage-error.ts';
import { untilStopped } from './until-stopped.ts';

/** `simulator`: a Mode that runs on this machine, for tests of your own. */
export async function simulator(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string', default: '4001' }, seed: { type: 'string', default: '1' } },
  });
  const mode = await startSimulator({
    port: readWhole(values.port, '--port', 65_535),
    seed: readWhole(values.seed, '--seed', 2 ** 32 - 1),
    ...(process.env.SIMULATOR_HOST && { host: process.env.SIMULATOR_HOST }),
  });
  console.log(`A simulated Mode is listening on ${mode.url}

  export MODE_BASE_URL=${mode.url}
  export MODE_WORKSPACE=${mode.workspace}
  export MODE_API_TOKEN=${mode.credentials.admin.token}
  export MODE_API_SECRET=${mode.credentials.admin.secret}

These keys open nothing but this simulator. Its ledger of calls: ${mode.url}/_simulator/ledger
Ctrl-C stops it.`);
  await untilStopped(() => mode.close());
}

function readWhole(text: string, option: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new UsageError(`${option} must be a whole number from 0 to ${most}.`);
}
