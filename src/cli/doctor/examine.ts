import type { Config } from '../../config/config.ts';
import { systemClock, type Clock } from '../../throttle/clock.ts';
import { askMode } from './ask-mode.ts';
import { checkCallers } from './check-callers.ts';
import { checkCatalogFolder } from './check-catalog-folder.ts';
import { checkClock } from './check-clock.ts';
import { checkConfiguration } from './check-configuration.ts';
import { checkCredential } from './check-credential.ts';
import { checkDiscovery } from './check-discovery.ts';
import { checkMode } from './check-mode.ts';
import { checkNode } from './check-node.ts';
import { checkPort } from './check-port.ts';
import { checkRateLimit } from './check-rate-limit.ts';
import { checkRedis } from './check-redis.ts';
import { checkSharedCatalog } from './check-shared-catalog.ts';
import { findingsOf, type Finding } from './finding.ts';

/** What was found, in the order in which it should be put right. */
export interface Examination {
  readonly findings: readonly Finding[];
  /** Calls it made to Mode. */
  readonly calls: number;
}

export interface Circumstances {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @default the machine's */
  readonly clock?: Clock;
  /** @default the one this runs on */
  readonly nodeVersion?: string;
  /** @default never aborted */
  readonly signal?: AbortSignal;
}

/**
 * Looks at everything that a gateway so configured would need. Changes nothing that outlasts it.
 *
 * @throws the signal's reason, when it is aborted
 */
export async function examine({
  env,
  clock = systemClock,
  nodeVersion = process.versions.node,
  signal,
}: Circumstances): Promise<Examination> {
  const { config, findings } = checkConfiguration(env);
  const first = [checkNode(nodeVersion), ...findings];
  if (!config) {
    const rest = findingsOf('the rest').skipped('It can be looked at once the configuration can be read.');
    return { findings: [...first, rest], calls: 0 };
  }
  const mode = await examineMode(config, clock, signal);
  signal?.throwIfAborted();
  const { callers, catalog, run } = config;
  const hasDiscovery = config.mode.discovery.kind !== 'off';
  return {
    calls: mode.calls,
    findings: [
      ...first,
      ...mode.findings,
      await checkCallers(callers.auth),
      ...(await checkRedis(run.redisUrl)),
      ...(await checkSharedCatalog(run.redisUrl, catalog.isShared, hasDiscovery)),
      ...(await checkCatalogFolder(catalog.directory, hasDiscovery)),
      await checkPort(callers.host, callers.port),
    ],
  };
}

async function examineMode(config: Config, clock: Clock, signal?: AbortSignal): Promise<Examination> {
  const { baseUrl, discovery, rateWindows } = config.mode;
  const answers = await askMode(config, clock, signal);
  const mode = checkMode(answers, baseUrl);
  const { seen } = answers;
  if (mode.level !== 'ok') {
    const rest = ['API key', 'clock', 'Discovery', 'rate limit'].map((check) =>
      findingsOf(check).skipped('Mode did not answer.'),
    );
    return { findings: [mode, ...rest], calls: seen.length };
  }
  return {
    findings: [
      mode,
      checkCredential(answers, config.mode),
      checkClock(seen),
      ...checkDiscovery(answers, discovery),
      checkRateLimit(seen, rateWindows),
    ],
    calls: seen.length,
  };
}
