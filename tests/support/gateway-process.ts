import { Command } from './command.ts';
import type { Env } from './gateway.ts';

/** `mode-graphql serve` in a process of its own. */
export interface GatewayProcess {
  readonly command: Command;
  readonly url: string;
}

/** Starts it, and waits until it listens. `LOG_LEVEL` is `info`, whatever `env` says: else it would not say where. */
export async function startGatewayProcess(env: Env): Promise<GatewayProcess> {
  const command = new Command(['serve'], { env: { ...env, LOG_LEVEL: 'info' } });
  const [, url = ''] = await command.says(/"url":"([^"]+)\/graphql"/);
  return { command, url };
}
