import type { Priority } from './priority.ts';
import type { Load } from './seconds-for.ts';

/** One call counted against every window. */
export interface Slot {
  /** Mode has counted the call by now. */
  settle(): void;
  /** It was never made: it counts nowhere. */
  giveBack(): void;
}

/** Who keeps the count: this process alone; all replicas, in Redis; or this process on its part, while Redis is gone. */
export type BudgetScope = 'PROCESS' | 'REDIS' | 'STATIC_SHARE';

export interface BudgetState {
  /** Calls the tightest window holds. */
  readonly limit: number;
  /** Calls that could start now, were nobody waiting. */
  readonly remaining: number;
  /** When all of it is free again if no more calls are made, in milliseconds since the epoch. */
  readonly resetsAt: number;
  /** Until when nobody calls, in milliseconds since the epoch; in the past when not paused. */
  readonly pausedUntil: number;
  readonly scope: BudgetScope;
}

/** What Mode says of its count in an answer. */
export interface Told {
  readonly remaining: number;
  /** Of the window it speaks of; undefined when it does not say. */
  readonly limit: number | undefined;
  /**
   * When the call that was answered had been sent, in milliseconds since the epoch. Mode counted then, and not when
   * its answer came: calls that have left the window in between were in it.
   */
  readonly at: number;
}

/** Where calls are counted against the windows of one credential. Knows nothing of who waits, nor in which order. */
export interface Budget {
  /** A slot, if there is one now. */
  take(priority: Priority): Slot | undefined;
  /**
   * After `take` gave nothing: when asking again makes sense, in milliseconds since the epoch. Infinity when the
   * budget will say so itself, through `onChange`.
   */
  nextTake(priority: Priority): number;
  /** No sooner than this could a call start that has `ahead` others before it. */
  earliest(ahead: number): number;
  /** Until when nobody calls, in milliseconds since the epoch; in the past when not paused. */
  readonly pausedUntil: number;
  /** Mode refused: nobody calls until then. Never shortens a pause. */
  pauseUntil(time: number): void;
  /** Believed when fewer remain than we thought, for others may share the credential. */
  correct(told: Told): void;
  state(): BudgetState;
  /** What calls to come have to fit in with, as far as is known: to reckon with, not to grant by. */
  load(): Load;
  /** Has `listener` told when a slot may have become free by itself. */
  onChange(listener: () => void): void;
  dispose(): Promise<void>;
}
