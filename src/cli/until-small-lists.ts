import { setTimeout as sleep } from 'node:timers/promises';
import type { Catalog } from '../catalog/catalog.ts';
import { REFERENCES } from '../catalog/catalog-lists.ts';

const LOOKED_AT_EVERY_MS = 50;

/**
 * Waits until the lists are held that a few calls fill, so that the first question is answered as every later one is: no
 * longer than `withinMs`, for one may as well ask before.
 */
export async function untilSmallLists(catalog: Pick<Catalog, 'peek'>, withinMs: number): Promise<void> {
  for (let left = withinMs; left > 0; left -= LOOKED_AT_EVERY_MS) {
    if (REFERENCES.every((name) => catalog.peek(name) !== undefined)) return;
    await sleep(LOOKED_AT_EVERY_MS);
  }
}
