import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from '../tests/support/command.ts';

export interface WarmGateway {
  readonly endpoint: string;
  /** Where the simulated Mode is. */
  readonly modeUrl: string;
  stop(): Promise<void>;
}

/** A gateway over the simulated Mode, each in a process of its own, when its catalog has been read. */
export async function startWarmGateway(variables: Readonly<Record<string, string>> = {}): Promise<WarmGateway> {
  const mode = new Command(['simulator', '--port', '0']);
  const [, url = ''] = await mode.says(/listening on (\S+)/);
  const variable = (name: string): string => new RegExp(`${name}=(\\S+)`).exec(mode.stdout)?.[1] ?? '';
  const gateway = new Command(['serve'], {
    env: {
      // As the built command sets it, and as it is for the bare Yoga that it is compared with.
      NODE_ENV: 'production',
      MODE_BASE_URL: url,
      MODE_WORKSPACE: variable('MODE_WORKSPACE'),
      MODE_API_TOKEN: variable('MODE_API_TOKEN'),
      MODE_API_SECRET: variable('MODE_API_SECRET'),
      MODE_DISCOVERY: 'mint',
      CATALOG_DIR: 'off',
      CATALOG_MAX_AGE: '1h',
      PORT: '0',
      ...variables,
    },
  });
  const stop = async (): Promise<void> => {
    // The gateway first: it deletes, at Mode's, the token it has minted.
    for (const command of [gateway, mode]) {
      command.signal('SIGTERM');
      await command.exit;
    }
  };
  try {
    const [, endpoint = ''] = await gateway.says(/"url":"(http[^"]+)"/);
    await untilWarm(endpoint);
    return { endpoint, modeUrl: url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilWarm(endpoint: string): Promise<void> {
  for (;;) {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ catalog { state } }"}',
    });
    const { data } = (await response.json()) as { data: { catalog: { state: string } } };
    if (data.catalog.state === 'READY') return;
    await sleep(500);
  }
}
