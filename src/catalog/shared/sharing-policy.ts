/** Who reads a list, of several replicas that share it, and when. Apart from Redis and from time. */
import type { SharedHeader } from './shared-header.ts';

/** What a replica knows when it decides how to have a list. Moments and lengths in milliseconds. */
export interface Situation {
  readonly now: number;
  /** When it began to want the list. */
  readonly since: number;
  /** When the list that it holds was read; -Infinity when it holds none. */
  readonly heldAsOf: number;
  /** Older is not fresh. */
  readonly maxAgeMs: number;
  /** The same, as whoever waits for it would have it; undefined when they do not mind. 0: they want it read now. */
  readonly callersMaxAgeMs: number | undefined;
  /** What Redis held when it was first asked; undefined for nothing that can be believed. */
  readonly first: SharedHeader | undefined;
  /** What it holds now. */
  readonly header: SharedHeader | undefined;
  /** Whether some replica is reading the list. */
  readonly isBeingRead: boolean;
  /** Its pieces were found to be damaged or missing. */
  readonly distrusted: string | undefined;
  readonly skewMs: number;
  readonly longestWaitMs: number;
}

/**
 * `take over` what Redis holds; `contend` for being the one who reads; `wait` for the one who does; `read` without
 * asking anybody any more.
 */
export type Step = 'take over' | 'contend' | 'wait' | 'read';

export function nextStep(situation: Situation): Step {
  const { now, since, isBeingRead, callersMaxAgeMs, longestWaitMs } = situation;
  if (isWorthTakingOver(situation)) return 'take over';
  if (now - since >= longestWaitMs) return 'read';
  if (!isBeingRead) return 'contend';
  return callersMaxAgeMs === 0 ? 'read' : 'wait';
}

function isWorthTakingOver(situation: Situation): boolean {
  const { now, since, header, first, heldAsOf, callersMaxAgeMs } = situation;
  if (!header || !isBelievable(header, situation) || header.asOf <= heldAsOf) return false;
  // As old as it was when they asked: how long the reading took that they waited for makes it no worse, here as in one process.
  if (callersMaxAgeMs !== undefined && (callersMaxAgeMs === 0 || since - header.asOf > callersMaxAgeMs)) return false;
  // What another replica has read meanwhile is what we waited for, as it would be in one process, however long it took.
  return now - header.asOf <= situation.maxAgeMs || header.id !== first?.id || header.asOf !== first.asOf;
}

/** What claims to be read later than now would never be replaced. */
export function isBelievable(
  header: SharedHeader,
  { now, skewMs, distrusted }: Pick<Situation, 'now' | 'skewMs' | 'distrusted'>,
): boolean {
  return header.id !== distrusted && header.asOf <= now + skewMs;
}

/** How long Redis is left alone after it has failed so many times in a row. */
export function backoffMs(
  failures: number,
  { firstBackoffMs, longestBackoffMs }: { readonly firstBackoffMs: number; readonly longestBackoffMs: number },
): number {
  return Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
}
