import { openOperation, type Operation, type Premises } from '../../src/loading/operation.ts';
import type { Provenance } from '../../src/mode/records.ts';
import type { Caller } from '../../src/throttle/lane.ts';
import { nameOf, type Facts, type FollowUp, type Load, type Step } from './load.ts';
import type { PlannedOperation } from './schedule.ts';
import type { ClockView } from './simulated-clock.ts';
import { startLoad, type Loaded, type Row } from './start-load.ts';

/** One load, from the moment it was asked for. Milliseconds since the epoch. */
export interface Asked {
  readonly operation: RunningOperation;
  readonly load: Load;
  readonly facts: Facts;
  readonly askedAt: number;
  end: { readonly at: number; readonly loaded?: Loaded; readonly error?: unknown } | undefined;
}

/** An operation of a schedule while it runs, with everything it asks for. */
export class RunningOperation {
  readonly plan: PlannedOperation;
  /** Its own object, by which its calls are known, though others have the same name. */
  readonly caller: Caller;
  readonly beganAt: number;
  readonly deadline: number;
  readonly asked: Asked[] = [];
  abortedAt: number | undefined;
  readonly #clock: ClockView;
  /** Whose timers are no part of the gateway. */
  readonly #script: ClockView;
  readonly #abort = new AbortController();
  readonly #operation: Operation;
  #steps: number;

  constructor(
    plan: PlannedOperation,
    weight: number,
    premises: Premises,
    clock: ClockView,
    timeoutMs: number,
    script: ClockView,
  ) {
    this.plan = plan;
    this.caller = { name: `caller ${plan.caller}`, weight };
    this.#clock = clock;
    this.#script = script;
    this.beganAt = clock.now();
    this.deadline = this.beganAt + plan.timeoutMs;
    this.#operation = openOperation(premises, {
      caller: this.caller,
      signal: this.#abort.signal,
      timeoutMs,
      keepLayout: false,
      maxAgeMs: plan.maxAgeMs,
    });
    this.#steps = plan.steps.length;
    for (const step of plan.steps) this.#schedule(step);
  }

  get reason(): unknown {
    return this.#abort.signal.reason as unknown;
  }

  /** Everything it asked for has ended, and nothing more will be asked for. */
  get isOver(): boolean {
    return this.#steps === 0 && this.asked.every(({ end }) => end !== undefined);
  }

  abort(): void {
    if (this.isOver) return;
    this.abortedAt = this.#clock.now();
    this.#abort.abort(new Error(`operation begun at ${this.beganAt} was given up`));
  }

  #schedule(step: Step): void {
    const begin = (): void => {
      this.#steps--;
      // Whoever has hung up asks for nothing more.
      if (this.abortedAt === undefined) this.#ask(step.load, step.facts, step.then);
    };
    if (step.afterMs === 0) begin();
    else this.#script.schedule(begin, step.afterMs);
  }

  #ask(load: Load, facts: Facts, then: FollowUp | undefined): void {
    const asked: Asked = { operation: this, load, facts, askedAt: this.#clock.now(), end: undefined };
    this.asked.push(asked);
    startLoad(this.#operation, load, facts).then(
      (loaded) => {
        if (then && this.abortedAt === undefined) this.#follow(loaded, then);
        asked.end = { at: this.#clock.now(), loaded };
      },
      (error: unknown) => {
        asked.end = { at: this.#clock.now(), error };
      },
    );
  }

  /** Asks on below what has been found, in the same tick, as an execution does. */
  #follow({ rows }: Loaded, { kind, most, facts, then }: FollowUp): void {
    const loads = (rows ?? []).map((row) => followUp(kind, row));
    const distinct = new Map(loads.map((load) => [nameOf(load), load]));
    for (const load of [...distinct.values()].slice(0, most)) this.#ask(load, facts, then);
  }
}

function followUp(kind: FollowUp['kind'], row: Row): Load {
  const token = row.token as string;
  switch (kind) {
    case 'queriesOf':
    case 'reportsOf':
      return { kind, token };
    case 'report':
      return { kind, token: row.reportToken as string };
    case 'chartsOf':
      return { kind, report: row.reportToken as string, query: token };
    case 'collection':
      return {
        kind,
        token: row.collectionToken as string,
        from: (row.provenance as Provenance).source,
      };
  }
}
