import { existsSync, renameSync } from 'node:fs';

/**
 * Puts a built folder in the place of another, which is there until the new one is. What was there goes to `aside`, for
 * the caller to remove: a gateway that runs on it may still be reading.
 */
export function putInPlace(built: string, place: string, aside: string): void {
  // Not async: nothing that ends this process politely gets in between.
  if (existsSync(place)) renameSync(place, aside);
  renameSync(built, place);
}
