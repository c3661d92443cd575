/**
 * How long the caller will wait, from the request's `Prefer: wait=N` (RFC 7240, section 4.3), in seconds.
 *
 * @returns milliseconds; undefined when the caller does not say. What cannot be read is ignored, as the RFC wants.
 */
export function readWait(prefer: string | null): number | undefined {
  for (const preference of (prefer ?? '').split(/[,;]/)) {
    const [, seconds] = /^\s*wait\s*=\s*"?(\d{1,7})"?\s*$/i.exec(preference) ?? [];
    // The first one counts.
    if (seconds !== undefined) return Number(seconds) * 1_000;
  }
  return undefined;
}

/** Whether a header that switches something on does: `true` or `1`. */
export function isAskedFor(value: string | null): boolean {
  return /^\s*(true|1)\s*$/i.test(value ?? '');
}

/** Milliseconds a question may take: what its caller will wait, and no longer than `mostMs`. */
export function timeAllowed(headers: Headers, mostMs: number): number {
  return Math.min(mostMs, readWait(headers.get('prefer')) ?? Infinity);
}
