import { ConfigError, readConfig, type Config } from '../../config/config.ts';
import { variableNames } from '../../config/print-configuration.ts';
import { findingsOf, type Finding } from './finding.ts';

const { ok, warning, problem } = findingsOf('configuration');

/** What Kubernetes tells of a Service that happens to be called so. */
const SERVICE_LINK = /_(SERVICE_HOST|SERVICE_PORT|PORT)(_|$)/;

type Environment = Readonly<Record<string, string | undefined>>;

/** Beginnings that hardly anybody else uses: a variable so named that nobody reads is a slip of the pen. */
const OURS = /^(MODE|GATEWAY|CATALOG|OPERATION|SHUTDOWN)_/;

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
  const known = new Set(variableNames());
  return Object.keys(env)
    .filter((name) => OURS.test(name) && !SERVICE_LINK.test(name) && !known.has(name))
    .sort()
    .map((name) =>
      warning(`${name} is set, and nobody reads it.`, 'Look for the right name in docs/configuration.md.'),
    );
}
