import { existsSync } from 'node:fs';
import { ConfigError } from '../config/config.ts';
import { unreadVariables } from '../config/unread-variables.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Without these there is no gateway, and whoever has set none of them has only just begun. */
const FIRST = ['MODE_WORKSPACE', 'MODE_API_TOKEN', 'MODE_API_SECRET'] as const;

/**
 * A configuration that cannot be, with what its author may not know: that a name is misspelt, that a file of variables
 * lies unread, that there is a demonstration without an account.
 */
export function withAdvice(error: unknown, env: Environment): unknown {
  if (!(error instanceof ConfigError)) return error;
  const isMissing = error.problems.some((problem) => problem.includes(' is missing: '));
  const advice = [
    ...unreadVariables(env).map((name) => `${name} is set, and nobody reads it: is it meant for one of those above?`),
    ...(isMissing && existsSync('.env') ? [UNREAD_FILE] : []),
    ...(FIRST.every((name) => (env[name] ?? '') === '') && env.GATEWAY_AUTH === undefined ? [NOTHING_SET] : []),
  ];
  return advice.length === 0 ? error : new ConfigError([...error.problems, ...advice]);
}

const UNREAD_FILE =
  'There is a file .env here, which is not read by itself: "npm start -- --env-file .env", or "mode-graphql serve --env-file .env".';

const NOTHING_SET =
  'Without an account at Mode, "npm run demo" shows the gateway on a simulated one. All variables: docs/configuration.md';
