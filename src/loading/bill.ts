import type { UpstreamCall } from '../mode/http.ts';

/** What an operation has spent so far; the answer carries it. */
export interface Bill {
  /** Attempts sent, refused and failed ones included: each of them counted at Mode's end. */
  readonly calls: { readonly rest: number; readonly discovery: number };
  /** Milliseconds during which at least one of its calls waited for the throttle. */
  readonly waitedMs: number;
}

export class BillKeeper {
  #rest = 0;
  #discovery = 0;
  #waits: Interval[] = [];

  readonly add = (call: UpstreamCall): void => {
    if (call.subject.api === 'REST') this.#rest++;
    else this.#discovery++;
    if (call.waitedMs > 0) {
      this.#waits = addInterval(this.#waits, { from: call.askedAt, to: call.askedAt + call.waitedMs });
    }
  };

  read(): Bill {
    const waitedMs = this.#waits.reduce((sum, { from, to }) => sum + to - from, 0);
    return { calls: { rest: this.#rest, discovery: this.#discovery }, waitedMs: Math.round(waitedMs) };
  }
}

export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Adds to a list of disjoint intervals, merging what touches: waits of calls made together count once. */
export function addInterval(disjoint: readonly Interval[], added: Interval): Interval[] {
  const apart = disjoint.filter(({ from, to }) => to < added.from || from > added.to);
  const merged = disjoint.filter(({ from, to }) => to >= added.from && from <= added.to);
  const from = Math.min(added.from, ...merged.map((interval) => interval.from));
  const to = Math.max(added.to, ...merged.map((interval) => interval.to));
  return [...apart, { from, to }];
}
