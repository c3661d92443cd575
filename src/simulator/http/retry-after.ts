import type { Behaviour } from '../behaviour.ts';

/** The `Retry-After` of a call refused at `now` that would be taken again `waitMs` later. */
export function retryAfter(mode: Behaviour['retryAfter'], now: number, waitMs: number): string | undefined {
  if (mode === 'none') return undefined;
  if (mode === 'seconds') return String(Math.max(1, Math.ceil(waitMs / 1000)));
  // HTTP dates have whole seconds: rounded up, so that whoever obeys is not early.
  return new Date(Math.ceil((now + waitMs) / 1000) * 1000).toUTCString();
}
