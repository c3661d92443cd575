/**
 * Long work in short slices, so that timers, sockets and health checks have their turn in between. What is under way at the
 * same time shares one slice of each round of the event loop: eight jobs of 8 ms each would else hold it for 64.
 *
 *     for (const row of rows) {
 *       if (slices.isOver) await slices.next();
 *       …
 *     }
 */
export interface Slices {
  /** Whether the work has held the event loop for long enough. */
  readonly isOver: boolean;
  /** Resolves when it is the turn of who asks. */
  next(): Promise<void>;
  /** How many wait for their turn. */
  readonly waiting: number;
}

export interface SlicesOptions {
  /** Milliseconds. */
  readonly lengthMs: number;
  /** Milliseconds; only differences count. */
  now(): number;
  /** Runs the task in another round of the event loop, after whatever else is due. */
  defer(task: () => void): void;
}

export function createSlices({ lengthMs, now, defer }: SlicesOptions): Slices {
  const waiting: (() => void)[] = [];
  /** When the slice of this round began; undefined when nobody has worked in it. */
  let startedAt: number | undefined;
  let isDeferred = false;

  const round = (): void => {
    isDeferred = false;
    startedAt = undefined;
    const resume = waiting.shift();
    if (!resume) return;
    begin();
    resume();
  };
  const begin = (): void => {
    startedAt = now();
    // The round after this one ends the slice.
    deferRound();
  };
  const deferRound = (): void => {
    if (isDeferred) return;
    isDeferred = true;
    defer(round);
  };

  return {
    get isOver() {
      if (startedAt !== undefined) return now() - startedAt >= lengthMs;
      begin();
      return false;
    },
    next() {
      deferRound();
      return new Promise((resolve) => waiting.push(resolve));
    },
    get waiting() {
      return waiting.length;
    },
  };
}

/** Those of this process. */
export const slices = createSlices({
  // Short of what anybody notices, with room for a garbage collection.
  lengthMs: 8,
  now: () => performance.now(),
  defer: (task) => void setImmediate(task),
});
