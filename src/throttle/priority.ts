/** A person's call goes before the background's, whenever either was asked. */
export type Priority = 'person' | 'background';

/** The part of each window, and of the connections, that background calls may fill: a person finds room at once. */
const BACKGROUND_SHARE = 0.75;

export function backgroundPart(limit: number): number {
  return Math.max(1, Math.floor(limit * BACKGROUND_SHARE));
}

/**
 * A background call that waits goes after at most this many calls of people's. Without the bound, people who
 * fill every window would keep the catalog from ever being refreshed, and so go on filling them.
 */
export const MOST_PERSONS_IN_A_ROW = 19;
