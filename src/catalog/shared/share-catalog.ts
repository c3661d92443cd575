import { createHash } from 'node:crypto';
import type { Clock } from '../../throttle/clock.ts';
import type { CatalogStore, DatedStore } from '../catalog-store.ts';
import type { ReadingTurns } from '../reading-turns.ts';
import { CatalogRedis } from './catalog-redis.ts';
import { ListShelf } from './list-shelf.ts';
import { SharedTurns } from './shared-turns.ts';
import { SHARING_TIMING, type SharingTiming } from './sharing-timing.ts';
import { TwoStores } from './two-stores.ts';

export interface SharingOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** Whose catalog this is, as for the file store: origin, workspace, and which key it is read with. Only a hash of it leaves. */
  readonly owner: string;
  /** Kept on this machine beside it. */
  readonly files: DatedStore;
  readonly clock: Clock;
  /** Younger than this, a list that another replica read is taken over. Milliseconds. */
  readonly maxAgeMs: number;
  /** Told once when Redis is gone, once when it is back, and of what cannot be believed or does not fit. */
  readonly warn: (message: string) => void;
  /** @default SHARING_TIMING */
  readonly timing?: Partial<SharingTiming>;
}

/** A catalog that replicas of one owner share in Redis. */
export interface SharedCatalog {
  readonly store: CatalogStore;
  readonly turns: ReadingTurns;
  /** What is on its way to Redis from now on has a short while left. Before the catalog is disposed of. */
  closeSoon(): void;
  /** Waits for what is on its way, gives back all leases, and lets go of Redis. After the catalog is disposed of. */
  close(): Promise<void>;
}

export function shareCatalog(options: SharingOptions): SharedCatalog {
  const { url, clock, maxAgeMs, warn } = options;
  const timing = { ...SHARING_TIMING, ...options.timing };
  const owner = createHash('sha256').update(options.owner).digest('hex');
  const redis = new CatalogRedis({ url, key: owner.slice(0, 32), clock, timing, warn });
  const shelf = new ListShelf({ redis, owner, clock, timing, warn });
  const store = new TwoStores(options.files, shelf);
  const turns = new SharedTurns({ redis, shelf, clock, maxAgeMs, timing });
  return {
    store,
    turns,
    closeSoon: () => redis.closeWithin(timing.closeMs),
    async close() {
      await Promise.all([store.settled(), turns.settled()]);
      await redis.close();
    },
  };
}
