import type { HrTime } from '@opentelemetry/api';

/**
 * Milliseconds since the epoch, as spans have them. OpenTelemetry takes a plain number for one of performance.now's
 * when it is small enough, and would use the machine's clock where none is given.
 */
export function spanTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.round((ms - seconds * 1_000) * 1e6)];
}
