/**
 * How old an answer may be, from the request's `Cache-Control` (RFC 9111, section 5.2.1).
 *
 * @returns milliseconds; 0 for `no-cache` and `no-store`; undefined when the caller does not mind
 */
export function readMaxAge(cacheControl: string | null): number | undefined {
  if (cacheControl === null) return undefined;
  let maxAgeMs: number | undefined;
  for (const directive of cacheControl.split(',')) {
    const [name = '', value = ''] = directive.trim().toLowerCase().split('=');
    if (name === 'no-cache' || name === 'no-store') return 0;
    const seconds = value.replaceAll('"', '');
    // What is not a number of seconds is ignored, as caches ignore it.
    if (name === 'max-age' && /^\d+$/.test(seconds)) maxAgeMs = Math.min(maxAgeMs ?? Infinity, Number(seconds) * 1_000);
  }
  return maxAgeMs;
}
