/** Attempts after the first, for failures that may pass: 5xx, network errors, timeouts. */
export const MOST_RETRIES = 2;

/** Refusals (429) of one call before its caller is told. Each was preceded by a pause of the whole credential. */
export const MOST_REFUSALS = 10;

const FIRST_BACKOFF_MS = 300;
const LONGEST_BACKOFF_MS = 5_000;

/**
 * Milliseconds to wait before the `attempt`th retry (1 is the first): exponential, with full jitter
 * over the upper half, so that callers who failed together do not return together.
 *
 * @param random in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
  return (ceiling * (1 + random)) / 2;
}

/** Statuses that may be different next time. 429 is not among them: the throttle sees to it. */
export function isPassingStatus(status: number): boolean {
  return status >= 500 || status === 408;
}
