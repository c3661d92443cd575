import type { CallContext } from '../mode/call-context.ts';
import type { DiscoveryClient } from '../mode/discovery-client.ts';
import type { Flights } from '../mode/flights.ts';
import type { Clock } from '../throttle/clock.ts';
import type { CatalogListName, ReferenceName, ReferenceRows } from './catalog-lists.ts';
import type { CatalogStore } from './catalog-store.ts';
import type { ReadingTurns } from './reading-turns.ts';

export interface CatalogOptions {
  /** None: the workspace has no Discovery; none of its lists is ever held. */
  readonly discovery?: DiscoveryClient | undefined;
  /** Reads what is kept from REST beside Discovery's lists. @default none of that is kept */
  readonly readReference?: ReadReference | undefined;
  readonly clock: Clock;
  /** Older snapshots are still served, and refreshed behind the answer. Milliseconds. */
  readonly maxAgeMs: number;
  /** @default nowhere */
  readonly store?: CatalogStore;
  /** Who reads a list, where several replicas share this catalog. @default nobody else is there */
  readonly turns?: ReadingTurns;
  /** Readings of its lists that are under way, and who waits for them. */
  readonly flights: Flights;
  /** Told of each reading that failed, for the operator: nobody may be waiting for it. @default nobody */
  onFailure?(name: CatalogListName, error: unknown): void;
}

export type ReadReference = <Name extends ReferenceName>(
  name: Name,
  call: CallContext,
) => Promise<readonly ReferenceRows[Name][]>;
