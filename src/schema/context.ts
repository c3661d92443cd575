import type { CatalogView } from '../catalog/catalog-view.ts';
import type { Operation } from '../loading/operation.ts';
import type { Throttle } from '../throttle/throttle.ts';
import type { PageLimits } from './connection/page-arguments.ts';

/** What resolvers are given. Made for one operation, never shared. */
export interface GatewayContext {
  readonly operation: Operation;
  readonly catalog: CatalogView;
  /** Counts the calls to REST, and those to Discovery too unless they count apart. */
  readonly throttle: Throttle;
  /** Milliseconds since the epoch. */
  now(): number;
  readonly limits: PageLimits;
  /** Where people open Mode, without a trailing slash. */
  readonly webUrl: string;
}
