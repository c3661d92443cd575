import type { CatalogView } from '../catalog/catalog-view.ts';
import type { Operation } from '../loading/operation.ts';
import type { Throttle } from '../throttle/throttle.ts';
import type { PageLimits } from './connection/page-arguments.ts';

/** How things stand, from one moment to the next. */
export interface Present {
  readonly catalog: CatalogView;
  /** Counts the calls to REST, and those to Discovery too unless they count apart. */
  readonly throttle: Throttle;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What resolvers are given. Made for one operation, never shared. */
export interface GatewayContext {
  readonly operation: Operation;
  /** The only way to what changes by itself: an answer that tells of it holds for this moment, and is never kept. */
  readonly present: () => Present;
  /** Whether a resolver has looked at it. */
  readonly tellsOfThePresent: () => boolean;
  readonly limits: PageLimits;
  /** Where people open Mode, without a trailing slash. */
  readonly webUrl: string;
}
