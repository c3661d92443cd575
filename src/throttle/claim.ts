import type { Party } from './party.ts';
import type { Priority } from './priority.ts';

/** A place in the queue. An attempt that is repeated keeps its ticket, and with it its place. */
export type Ticket = number;

/** What a permit is asked for with. */
export interface Claim {
  /** @default a new one, at the end of its lane */
  readonly ticket?: Ticket;
  /** Aborted when the permit is no longer wanted. */
  readonly signal?: AbortSignal | undefined;
  /** On whose behalf. @default nobody's in particular, without a deadline */
  readonly party?: Party | undefined;
  /** May be given up before its turn because somebody else's call brings the same: nobody is refused on its account. @default false */
  readonly isTentative?: boolean | undefined;
  /** Asked anew when `reconsider` is called. @default person */
  readonly priority?: (() => Priority) | undefined;
}
