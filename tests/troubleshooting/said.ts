import { Command, type CommandOptions } from '../support/command.ts';
import type { Env } from '../support/gateway.ts';
import { MODE_GRAPHQL } from '../support/mode-graphql.ts';
import { sendRequest } from '../support/raw-http.ts';

/** A gateway that was started as a user would. Answers are told as they are read: the status, and the body. */
export interface Started {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  ask(query: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<string>;
  log(): string;
  stop(): Promise<void>;
}

/** `mode-graphql doctor`, to its end. */
export async function doctorSays(env: Env, script: readonly string[] = [MODE_GRAPHQL]): Promise<string> {
  const command = new Command(['doctor'], { env, script });
  await command.exit;
  return command.stdout + command.stderr;
}

/** `mode-graphql serve`, where it ends by itself. Says so when it did not fail. */
export async function startFails(env: Env, options: Omit<CommandOptions, 'env'> = {}): Promise<string> {
  const command = new Command(['serve'], { env, script: [MODE_GRAPHQL], ...options });
  const code = await command.exit;
  return code === 1 ? command.stdout + command.stderr : `ended with ${String(code)}`;
}

export interface StartOptions {
  /** What must have been logged before it is used. @default that it is ready, or why not */
  readonly until?: RegExp;
  readonly script?: readonly string[];
}

/** `mode-graphql serve`. */
export async function start(env: Env, options: StartOptions = {}): Promise<Started> {
  const { until = /"msg":"(ready"|not ready)/, script = [MODE_GRAPHQL] } = options;
  const command = new Command(['serve'], { env: { ...env, LOG_LEVEL: 'info', PORT: '0' }, script });
  const [, url = ''] = await command.says(/"url":"([^"]+)\/graphql"/);
  await command.says(until);
  const send: Started['send'] = async (method, path, headers, body) => {
    const { status, text } = await sendRequest(url + path, method, headers, body);
    return `${status} ${readable(text)}`;
  };
  return {
    send,
    get: (path, headers = {}) => send('GET', path, headers),
    ask: (query, headers = {}) =>
      send('POST', '/graphql', { 'content-type': 'application/json', ...headers }, JSON.stringify({ query })),
    log: () => readable(command.stdout + command.stderr),
    async stop() {
      command.signal('SIGTERM');
      await command.exit;
    },
  };
}

/** `mode-graphql serve`, `use`, and the end. Returns what `use` has seen and what was logged. */
export async function gatewaySays(
  env: Env,
  use: (gateway: Started) => Promise<string>,
  options: StartOptions = {},
): Promise<string> {
  const gateway = await start(env, options);
  try {
    return [await use(gateway), gateway.log()].join('\n');
  } finally {
    await gateway.stop();
  }
}

/** JSON with the texts in it as a reader of it takes them: without the backslashes before quotation marks. */
function readable(text: string): string {
  return text.replaceAll('\\"', '"');
}
