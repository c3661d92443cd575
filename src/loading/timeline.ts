import type { UpstreamCall } from '../mode/call-context.ts';
import type { UpstreamApi } from '../mode/errors/upstream-error.ts';
import type { Interval } from './bill.ts';

/** When an operation called Mode. All times are whole milliseconds since it began. */
export interface Timeline {
  /** In the order in which they were asked for; at most 200. */
  readonly calls: readonly TimelineCall[];
  /** When at least one of its calls waited for the throttle, those of others' questions that it shared included; at most 200. */
  readonly waits: readonly TimelineWait[];
  /** Calls that are on the bill and not in the list. */
  readonly leftOut: number;
}

/** One attempt that was sent. */
export interface TimelineCall {
  readonly api: UpstreamApi;
  /** The endpoint as Mode's documentation writes it, with placeholders: `/spaces/{space}/reports`. */
  readonly what: string;
  /** Below zero when it was under way for somebody else before, and came onto this bill when they left. */
  readonly askedMs: number;
  /** How long it then waited for the throttle. */
  readonly waitedMs: number;
  /** From when it was let go to when its answer was whole. */
  readonly tookMs: number;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
}

export interface TimelineWait {
  readonly fromMs: number;
  readonly toMs: number;
}

const MOST_ENTRIES = 200;

export class TimelineKeeper {
  readonly #startedAt: number;
  readonly #calls: TimelineCall[] = [];
  #leftOut = 0;

  /** @param startedAt milliseconds since the epoch */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  add({ subject, askedAt, waitedMs, endedAt, status }: UpstreamCall): void {
    if (this.#calls.length === MOST_ENTRIES) {
      this.#leftOut++;
      return;
    }
    this.#calls.push({
      api: subject.api,
      what: subject.endpoint,
      askedMs: this.#since(askedAt),
      waitedMs: Math.round(waitedMs),
      tookMs: Math.round(endedAt - askedAt - waitedMs),
      status: status ?? null,
    });
  }

  /** @param waits disjoint */
  read(waits: readonly Interval[]): Timeline {
    return {
      calls: [...this.#calls].sort((one, other) => one.askedMs - other.askedMs),
      waits: waits
        .map(({ from, to }) => ({ fromMs: this.#since(from), toMs: this.#since(to) }))
        .sort((one, other) => one.fromMs - other.fromMs)
        .slice(0, MOST_ENTRIES),
      leftOut: this.#leftOut,
    };
  }

  #since(time: number): number {
    return Math.round(time - this.#startedAt);
  }
}
