import { ConfigError, readConfig, type Config } from '../../config/config.ts';
import { unreadVariables } from '../../config/unread-variables.ts';
import { findingsOf, type Finding } from './finding.ts';

const { ok, warning, problem } = findingsOf('configuration');

type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration, unless something is wrong with it, and what is to be said of it. */
export function checkConfiguration(env: Environment): {
  readonly config: Config | undefined;
  readonly findings: readonly Finding[];
} {
  const unread = findUnread(env);
  try {
    const config = readConfig(env);
    return { config, findings: unread.length > 0 ? unread : [ok('Every variable can be read.')] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // Each names its variable, and says behind it what to do.
    const problems = error.problems.map((text) => problem(`${text}.`, 'All variables: docs/configuration.md.'));
    return { config: undefined, findings: [...problems, ...unread] };
  }
}

function findUnread(env: Environment): Finding[] {
  return unreadVariables(env).map((name) =>
    warning(`${name} is set, and nobody reads it.`, 'Look for the right name in docs/configuration.md.'),
  );
}
