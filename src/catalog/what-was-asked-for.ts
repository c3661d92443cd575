/** What a caller asked for. Moments and lengths in milliseconds. */
export interface Asked {
  readonly askedAt: number;
  /** How old it may be; undefined when the caller does not mind. 0: as it is when they ask. */
  readonly maxAgeMs: number | undefined;
}

/**
 * Whether a list that was taken over from another replica is what a caller asked for: they may have joined others, who
 * had less to ask.
 *
 * @param asOf when it was read
 */
export function isWhatWasAskedFor(asOf: number, { askedAt, maxAgeMs }: Asked): boolean {
  if (maxAgeMs === undefined) return true;
  return maxAgeMs === 0 ? asOf >= Math.floor(askedAt) : askedAt - asOf <= maxAgeMs;
}
