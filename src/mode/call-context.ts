import type { Deadline } from '../throttle/deadline.ts';
import type { Party } from '../throttle/party.ts';
import type { Permit, Priority, Throttle } from '../throttle/throttle.ts';
import type { Trail } from './call-observer.ts';
import type { UpstreamSubject } from './errors/upstream-error.ts';

/** One attempt that was sent. */
export interface UpstreamCall {
  readonly subject: UpstreamSubject;
  /** When it joined the throttle's queue, in milliseconds since the epoch. */
  readonly askedAt: number;
  /** Milliseconds it waited for the throttle. */
  readonly waitedMs: number;
  /** When its answer was whole, or it was clear that none would come, in milliseconds since the epoch. */
  readonly endedAt: number;
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
}

/** For whom a call is made. */
export interface CallContext {
  /** Read anew whenever the throttle reconsiders, so a getter may raise it. @default person */
  readonly priority?: Priority;
  /** Aborted when nobody wants the answer any more: queued calls vanish, running ones are cut. */
  readonly signal?: AbortSignal;
  /** The operations that wait for it, whose lanes it queues in. @default nobody in particular */
  readonly party?: Party;
  /** When the answer is of no more use. @default never */
  readonly deadline?: Deadline;
  /** Wants nothing that was asked of Mode before it came: does not join a reading that is under way. @default false */
  readonly live?: boolean;
  /** Those of the operations that wait for it, whose bill it is on first. @default none */
  readonly trails?: readonly Trail[];
  /** A permit held for this call already, if there is one: it need not queue. */
  takePermit?(throttle: Throttle): Permit | undefined;
  /**
   * Asked before an attempt queues; what it throws is thrown instead. Returns how to take back that it was asked, for
   * an attempt that was never let go.
   */
  reserveCall?(): () => void;
  /** Told when an attempt is let go. */
  onStart?(subject: UpstreamSubject): void;
  /** Told of each attempt when it is over. */
  onCall?(call: UpstreamCall): void;
  /** Told, instead of `onCall`, of an attempt that was made for several and is on somebody else's bill. */
  onSharedCall?(call: UpstreamCall): void;
  /** Told when a reading begins and ends that it waits for. */
  onBoard?(): void;
  onLeave?(): void;
}

/** The same call under another signal; what changes in the original later counts for it too. */
export function underSignal(context: CallContext, signal: AbortSignal): CallContext {
  return Object.assign(Object.create(context) as CallContext, { signal });
}
