import { join } from 'node:path';
import { Command } from '../../tests/support/command.ts';

export interface OpenMode {
  readonly url: string;
  readonly workspace: string;
  readonly token: string;
  readonly secret: string;
  /** Of its reports. */
  readonly tokens: readonly string[];
  stop(): Promise<void>;
}

export async function startOpenMode(): Promise<OpenMode> {
  const script = ['--import', 'tsx', join('bench', 'calls', 'open-mode.ts')];
  const command = new Command([], { script, env: { NODE_ENV: 'production' } });
  const [, text = ''] = await command.says(/^ready (.*)$/m);
  return {
    ...(JSON.parse(text) as Omit<OpenMode, 'stop'>),
    stop: () => end(command),
  };
}

export interface BuiltGateway {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** The command as it is installed, from `dist/`, under no limit that matters. */
export async function startBuiltGateway(mode: OpenMode, env: Readonly<Record<string, string>>): Promise<BuiltGateway> {
  const gateway = new Command(['serve'], {
    script: [join('bin', 'mode-graphql.cjs')],
    env: {
      MODE_BASE_URL: mode.url,
      MODE_WORKSPACE: mode.workspace,
      MODE_API_TOKEN: mode.token,
      MODE_API_SECRET: mode.secret,
      MODE_RATE_LIMIT: '100000/1s',
      PORT: '0',
      ...env,
    },
  });
  const [, endpoint = ''] = await gateway.says(/"url":"(http[^"]+)"/);
  return { endpoint, stop: () => end(gateway) };
}

async function end(command: Command): Promise<void> {
  command.signal('SIGTERM');
  await command.exit;
}
