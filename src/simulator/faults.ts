export const FAULT_KINDS = [
  'status500',
  'status401',
  'status403',
  'status404',
  'status429',
  'html502',
  'html403',
  'html200',
  'truncated',
  'truncatedJson',
  'reset',
  'slow',
  'mutate',
] as const;

/**
 * `html…` answers a page instead of JSON. `truncated` promises the whole body, sends half and drops the connection;
 * `truncatedJson` is a whole answer holding half the JSON. `reset` drops the connection before any byte. `slow`
 * answers rightly, late. `mutate` passes the payload through a function first.
 */
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  /** A piece of the path (query string included), or a pattern for it. */
  match: string | RegExp;
  kind: FaultKind;
  /** How many calls it is played on. Forever when left out. */
  times?: number;
  /** Matching calls to let through first. */
  skip?: number;
  /** For `slow`: clock milliseconds. 60,000 when left out. */
  delayMs?: number;
  /** A `Retry-After` header, sent as it stands. */
  retryAfter?: string;
  /** Replaces the body of a status or HTML fault. */
  body?: string;
  /** For `mutate`: gets the payload before it is written, and returns what to write instead. */
  mutate?: (payload: unknown) => unknown;
}

export interface FaultHandle {
  /** Calls it has been played on. */
  readonly hits: number;
  remove(): void;
}

class Injected implements FaultHandle {
  hits = 0;
  readonly fault: Fault;
  readonly #live: Set<Injected>;
  #toSkip: number;

  constructor(fault: Fault, live: Set<Injected>) {
    this.fault = fault;
    this.#live = live;
    this.#toSkip = fault.skip ?? 0;
    live.add(this);
  }

  remove(): void {
    this.#live.delete(this);
  }

  claims(path: string): boolean {
    const { match, times = Infinity } = this.fault;
    if (this.hits >= times) return false;
    if (typeof match === 'string' ? !path.includes(match) : path.search(match) < 0) return false;
    if (this.#toSkip > 0) {
      this.#toSkip -= 1;
      return false;
    }
    this.hits += 1;
    return true;
  }
}

/** Things going wrong on demand. The oldest fault that claims a call is the one played on it. */
export class Faults {
  readonly #live = new Set<Injected>();

  inject(fault: Fault): FaultHandle {
    return new Injected(fault, this.#live);
  }

  clear(): void {
    this.#live.clear();
  }

  /** The fault to play on a call to `path`, if any. Counts as a hit. */
  claim(path: string): Fault | undefined {
    for (const injected of this.#live) {
      if (injected.claims(path)) return injected.fault;
    }
    return undefined;
  }
}
