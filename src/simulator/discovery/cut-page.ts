import type { Random } from '../world/random.ts';
import type { DiscoveryBehaviour } from './discovery-behaviour.ts';
import type { PageRequest } from './read-page.ts';

/** How much of a page `rotate` repeats on the next one. */
const REPEATED = 1 / 50;

export interface CutPage<T> {
  rows: T[];
  totalPages: number;
}

/** Cuts one page out of a list, in the order that the switch `discoveryShuffle` describes. */
export function cutPage<T>(
  all: readonly T[],
  { page, perPage }: PageRequest,
  shuffle: DiscoveryBehaviour['discoveryShuffle'],
  nextRandom: () => Random,
): CutPage<T> {
  if (shuffle === 'rotate' && perPage > 1) {
    const repeated = Math.max(1, Math.floor(perPage * REPEATED));
    const step = perPage - repeated;
    const totalPages =
      all.length <= perPage ? Math.ceil(all.length / perPage) : Math.ceil((all.length - repeated) / step);
    // A step past the last page would still find the rows to repeat, which make no page of their own.
    return { rows: page > totalPages ? [] : all.slice((page - 1) * step, (page - 1) * step + perPage), totalPages };
  }
  const ordered = shuffle === true ? nextRandom().shuffled(all) : all;
  return { rows: ordered.slice((page - 1) * perPage, page * perPage), totalPages: Math.ceil(all.length / perPage) };
}
