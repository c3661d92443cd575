import type { UpstreamCall } from '../mode/call-context.ts';
import type { How, Source } from './plan.ts';
import type { Timeline, TimelineKeeper } from './timeline.ts';

/** What an operation has spent so far; the answer carries it. */
export interface Bill {
  /** Attempts sent, refused and failed ones included: each of them counted at Mode's end. */
  readonly calls: { readonly rest: number; readonly discovery: number };
  /** Milliseconds during which at least one of its calls waited for the throttle. */
  readonly waitedMs: number;
  readonly plan: readonly PlannedStep[];
  /** When the oldest snapshot used was read, ISO 8601; null when none was. */
  readonly snapshotAsOf: string | null;
  /** Each code once. */
  readonly notes: readonly Note[];
  /** Only when the caller asked for it. */
  readonly timeline?: Timeline;
}

/** One way in which part of the answer was found, with all that was found that way. */
export interface PlannedStep {
  /** Which things: `reports`, `queries`. */
  readonly what: string;
  readonly how: How;
  readonly source: Source;
  /** For how many parents or tokens. */
  readonly keys: number;
  /** Calls it was expected to take. */
  readonly calls: number;
  /** Into how many batches the keys fell. Keys that come while a scan is running join its batch. */
  readonly batches: number;
}

/** Something the caller should know that is no error: the answer is right, but not all of it is there. */
export interface Note {
  readonly code: string;
  readonly message: string;
}

/** Of the questions of one batch, without their timelines; undefined when none was carried out. */
export function sumOfBills(bills: readonly Bill[]): Bill | undefined {
  const [only] = bills;
  if (bills.length === 1 && only && only.timeline === undefined) return only;
  const [first, ...others] = bills.map(({ timeline: _, ...bill }) => bill);
  if (!first) return undefined;
  return others.reduce<Bill>(
    (sum, bill) => ({
      calls: {
        rest: sum.calls.rest + bill.calls.rest,
        discovery: sum.calls.discovery + bill.calls.discovery,
      },
      waitedMs: Math.max(sum.waitedMs, bill.waitedMs),
      plan: [...sum.plan, ...bill.plan],
      snapshotAsOf: [sum.snapshotAsOf, bill.snapshotAsOf].filter((asOf) => asOf !== null).sort()[0] ?? null,
      notes: [...sum.notes, ...bill.notes],
    }),
    first,
  );
}

type CountedStep = { -readonly [Key in keyof PlannedStep]: PlannedStep[Key] };

export class BillKeeper {
  #rest = 0;
  #discovery = 0;
  #waits: Interval[] = [];
  #oldestSnapshot: number | undefined;
  readonly #plan: CountedStep[] = [];
  readonly #notes = new Map<string, Note>();
  readonly #timeline: TimelineKeeper | undefined;

  /** @param timeline kept beside the bill, when somebody wants to see it */
  constructor(timeline?: TimelineKeeper) {
    this.#timeline = timeline;
  }

  get restCalls(): number {
    return this.#rest;
  }

  readonly add = (call: UpstreamCall): void => {
    if (call.subject.api === 'REST') this.#rest++;
    else this.#discovery++;
    this.#timeline?.add(call);
    this.waited(call.askedAt, call.waitedMs);
  };

  /** A call on another operation's bill, which this one waited for too. */
  readonly addShared = (call: UpstreamCall): void => {
    this.waited(call.askedAt, call.waitedMs);
  };

  /** Waited for the throttle, from a moment in milliseconds since the epoch. */
  waited(from: number, ms: number): void {
    if (ms > 0) this.#waits = addInterval(this.#waits, { from, to: from + ms });
  }

  planned(steps: readonly PlannedStep[]): void {
    for (const step of steps) {
      const met = this.#entry(step);
      met.keys += step.keys;
      met.calls += step.calls;
      met.batches += step.batches;
    }
  }

  /** Counts one key more that was found in these ways, by a plan that is on the bill. */
  another(steps: readonly PlannedStep[]): void {
    for (const step of steps) this.#entry(step).keys++;
  }

  #entry({ what, how, source }: PlannedStep): CountedStep {
    let met = this.#plan.find((entry) => entry.what === what && entry.how === how && entry.source === source);
    if (!met) this.#plan.push((met = { what, how, source, keys: 0, calls: 0, batches: 0 }));
    return met;
  }

  usedSnapshot(asOf: number): void {
    this.#oldestSnapshot = Math.min(this.#oldestSnapshot ?? Infinity, asOf);
  }

  /** Said once an operation, however many rows it concerns. */
  note(note: Note): void {
    if (!this.#notes.has(note.code)) this.#notes.set(note.code, note);
  }

  noteDiscoveryMissing(): void {
    this.note({
      code: 'DISCOVERY_UNAVAILABLE',
      message:
        'Some of what was asked is known to Mode’s Discovery API alone, which this gateway cannot read now; it is null.',
    });
  }

  read(): Bill {
    const waitedMs = this.#waits.reduce((sum, { from, to }) => sum + to - from, 0);
    return {
      calls: { rest: this.#rest, discovery: this.#discovery },
      waitedMs: Math.round(waitedMs),
      plan: this.#plan.map((step) => ({ ...step })),
      snapshotAsOf: this.#oldestSnapshot === undefined ? null : new Date(this.#oldestSnapshot).toISOString(),
      notes: [...this.#notes.values()],
      ...(this.#timeline && { timeline: this.#timeline.read(this.#waits) }),
    };
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
