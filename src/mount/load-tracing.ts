import { readConfig, type Config, type Variables } from '../config/config.ts';
import { loadTracing as load, type Tracing } from '../server/tracing/tracing.ts';
import { systemClock } from '../throttle/clock.ts';
import { VERSION } from '../version.ts';
import { isRead } from './is-read.ts';

export interface LoadTracingOptions {
  /** Told when traces cannot be sent. @default nobody */
  readonly warn?: (message: string) => void;
}

/**
 * Loads OpenTelemetry and sends what it traces where `OTEL_EXPORTER_OTLP_ENDPOINT` says; nothing is loaded, and
 * nothing traced, when that is not set. It registers itself nowhere: traces of your own are another provider's.
 *
 * @example
 * const gateway = createGateway(process.env, { tracing: await loadTracing(process.env) });
 *
 * @throws {ConfigError} when a variable is missing or wrong
 */
export async function loadTracing(
  config: Config | Variables = process.env,
  { warn = () => undefined }: LoadTracingOptions = {},
): Promise<Tracing | undefined> {
  const { run, secrets } = isRead(config) ? config : readConfig(config);
  if (run.tracing === undefined) return undefined;
  return load({ ...run.tracing, serviceVersion: VERSION, secrets, clock: systemClock, warn });
}
