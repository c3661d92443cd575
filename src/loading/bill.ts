import type { UpstreamCall } from '../mode/http.ts';

/** What an operation has spent so far; the answer carries it. */
export interface Bill {
  /** Attempts sent, refused and failed ones included: each of them counted at Mode's end. */
  readonly calls: { readonly rest: number; readonly discovery: number };
  /** Milliseconds its calls waited for the throttle, added up over the calls. */
  readonly waitedMs: number;
}

export class BillKeeper {
  #rest = 0;
  #discovery = 0;
  #waitedMs = 0;

  readonly add = (call: UpstreamCall): void => {
    if (call.subject.api === 'REST') this.#rest++;
    else this.#discovery++;
    this.#waitedMs += call.waitedMs;
  };

  read(): Bill {
    return { calls: { rest: this.#rest, discovery: this.#discovery }, waitedMs: Math.round(this.#waitedMs) };
  }
}
