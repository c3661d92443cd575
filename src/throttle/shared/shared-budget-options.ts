import type { Clock } from '../clock.ts';
import type { RateWindow } from '../rate-window.ts';
import type { SharedTiming } from './timing.ts';

export interface SharedBudgetOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** The same for all who share the windows, and nobody else. Stored in clear: a hash. */
  readonly key: string;
  readonly windows: readonly RateWindow[];
  readonly clock: Clock;
  /** @default 1000 */
  readonly transitMs?: number;
  /** How many replicas there may be, for one that never could ask. @default 4 */
  readonly assumedReplicas?: number;
  /** Unlike every other's. @default random */
  readonly replicaId?: string;
  /** Told once when Redis is gone, and once when it is back. */
  readonly warn?: (message: string) => void;
  /** Slots taken beyond those that wait, while there are plenty. @default 4 */
  readonly spare?: number;
  readonly timing?: Partial<SharedTiming>;
}
