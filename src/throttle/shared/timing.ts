import { TRANSIT_MS } from '../local-budget.ts';

/** How long replicas wait for Redis and for each other, in milliseconds. All replicas must agree on these. */
export interface SharedTiming {
  /** How long after asking for it a slot may be used. */
  readonly leaseMs: number;
  /** The longest a call is taken to travel before Mode has counted it. */
  readonly transitMs: number;
  /** A replica says at least this often that it is there. */
  readonly heartbeatMs: number;
  /** One that has said nothing for this long may soon go by its own share: it is kept free for it. */
  readonly silentMs: number;
  /** After this long the others stop keeping a silent replica's share. */
  readonly expiryMs: number;
  /** Redis has this long to answer; it carries nothing out later than this after it was sent. */
  readonly timeoutMs: number;
  /** What became of slots is told at the latest this long afterwards. */
  readonly flushMs: number;
  /** How often a replica that is cut off looks whether Redis is back. */
  readonly probeMs: number;
  /** A replica that never reached Redis goes by its own share after this long. */
  readonly startMs: number;
}

export const DEFAULT_TIMING: SharedTiming = {
  leaseMs: 2_000,
  transitMs: TRANSIT_MS,
  heartbeatMs: 500,
  silentMs: 2_000,
  expiryMs: 60_000,
  timeoutMs: 250,
  flushMs: 100,
  probeMs: 250,
  startMs: 2_000,
};
