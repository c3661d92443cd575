/** Whoever sends the same key. Budgets are divided between callers first, then between a caller's operations. */
export interface Caller {
  /** Tells callers apart; never the key itself. */
  readonly name: string;
  /** Turns it gets for each turn of a caller of weight 1. Above 0. */
  readonly weight: number;
}

/** One operation's place in the queue: operations of a caller take turns, whatever each has asked for. */
export interface Lane {
  readonly caller: Caller;
  /** When its operation must be answered, in milliseconds since the epoch: a call that cannot start by then never does. */
  readonly deadline: number;
}

/** Callers without a key, and calls that nobody in particular asked for. */
export const EVERYBODY: Caller = { name: 'everybody', weight: 1 };

/** For calls of no operation: readiness checks, credentials. They are few, and end by themselves. */
export const COMMON_LANE: Lane = { caller: EVERYBODY, deadline: Infinity };
