import { BudgetExhaustedError } from '../throttle/budget-exhausted-error.ts';
import { COMMON_LANE, type Lane } from '../throttle/lane.ts';
import { Party } from '../throttle/party.ts';
import type { Priority } from '../throttle/throttle.ts';
import type { CallContext } from './call-context.ts';
import type { Trail } from './call-observer.ts';
import { DeadlineError } from './errors/deadline-error.ts';
import type { UpstreamSubject } from './errors/upstream-error.ts';

export interface FlightsOptions {
  /** No sooner than this, in milliseconds from now, could another call of the lane start that has `ahead` more before it. */
  waitMs(lane: Lane, ahead: number): number;
  /** When it is likely to, in milliseconds from now: what those are told who are to come back. */
  likelyWaitMs(lane: Lane, ahead: number): number;
  /** Told when calls that wait have become a person's, or nobody's in particular. */
  onPriorityChange(): void;
}

export interface BoardingOptions {
  /** Goes on behind everybody when its last passenger's time is over: what it has read so far would be lost. @default false */
  readonly outlivesDeadlines?: boolean;
  /** Calls it takes, as far as is known: who cannot wait for so many is told at once. @default 1 */
  readonly calls?: number;
}

/** One reading under way, and those who wait for it. Only `flights.ts` makes any. */
export class Flight {
  readonly #options: FlightsOptions & BoardingOptions;
  readonly #land: () => void;
  readonly #controller = new AbortController();
  readonly #party: Party;
  /** In order of boarding. */
  readonly #passengers = new Set<{ readonly context: CallContext }>();
  #promise: Promise<unknown> = Promise.resolve();
  #subject: UpstreamSubject | undefined;
  #underWay = 0;
  /** Whose bill it was last: calls that are cut when the flight has failed end after everybody has left. */
  #payer: CallContext | undefined;
  /** Why nothing was read. */
  failure: unknown;
  /** Goes on though nobody is aboard. */
  #isAdrift = false;
  started = false;

  constructor(options: FlightsOptions, boarding: BoardingOptions, land: () => void) {
    this.#options = { ...options, ...boarding };
    this.#land = land;
    this.#party = new Party(boarding.outlivesDeadlines);
  }

  get priority(): Priority {
    for (const { context } of this.#passengers) if (context.priority !== 'background') return 'person';
    return 'background';
  }

  get #trails(): readonly Trail[] {
    const aboard = [...this.#passengers].flatMap(({ context }) => context.trails ?? []);
    return aboard.length > 0 ? aboard : (this.#payer?.trails ?? []);
  }

  takeOff(read: (call: CallContext) => Promise<unknown>): void {
    // Begins in the next microtask, when its first passenger is aboard.
    this.#promise = Promise.resolve()
      .then(() => read(this.#context()))
      .catch((error: unknown) => {
        this.failure = error;
        throw error;
      })
      .finally(this.#land);
  }

  carry(passenger: CallContext, calls: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const seat = { context: passenger };
      this.#enter(seat);
      const leave = (): void => {
        passenger.signal?.removeEventListener('abort', onAbort);
        unwatch?.();
        passenger.onLeave?.();
      };
      const onAbort = (): void => {
        leave();
        reject(asError(passenger.signal?.reason));
        this.#exit(seat, false);
      };
      const unwatch = passenger.deadline?.watch(() => {
        leave();
        reject(this.#tooLate(passenger));
        this.#exit(seat, true);
      });
      passenger.signal?.addEventListener('abort', onAbort, { once: true });
      passenger.onBoard?.();
      if (calls > 1 && this.#waitMs(passenger, calls - 1) > (passenger.deadline?.leftMs ?? Infinity)) {
        leave();
        reject(exhausted(passenger, this.#options, calls - 1));
        // Of what has not begun nothing would be lost.
        this.#exit(seat, this.started);
      }
      this.#promise.then(resolve, reject).finally(() => {
        // Who has left already has been seen off.
        if (this.#passengers.delete(seat)) leave();
      });
    });
  }

  cut(): void {
    this.#land();
    this.#controller.abort();
  }

  /** The calls are made for everybody aboard, whoever that is by then. */
  #context(): CallContext {
    const priority = (): Priority => this.priority;
    const trails = (): readonly Trail[] => this.#trails;
    return {
      signal: this.#controller.signal,
      party: this.#party,
      get priority() {
        return priority();
      },
      get trails() {
        return trails();
      },
      takePermit: (throttle) => {
        for (const { context } of this.#passengers) {
          const permit = context.takePermit?.(throttle);
          if (permit) return permit;
        }
        return undefined;
      },
      reserveCall: () => this.#reserveCall(),
      onStart: (subject) => {
        this.started = true;
        this.#subject = subject;
        this.#underWay++;
      },
      onCall: (call) => {
        this.#underWay--;
        const [payer, ...others] = this.#passengers;
        this.#payer = payer?.context ?? this.#payer;
        this.#payer?.onCall?.(call);
        for (const { context } of others) context.onSharedCall?.(call);
      },
    };
  }

  /** As long as one of those aboard may make another call, the reading goes on for all of them. */
  #reserveCall(): () => void {
    let refused: unknown;
    for (const { context } of this.#passengers) {
      try {
        return context.reserveCall?.() ?? (() => undefined);
      } catch (error) {
        refused = error;
      }
    }
    if (refused !== undefined) throw asError(refused);
    return () => undefined;
  }

  #enter(seat: { readonly context: CallContext }): void {
    const before = this.#passengers.size === 0 ? undefined : this.priority;
    if (this.#isAdrift) this.#party.leave(COMMON_LANE);
    this.#isAdrift = false;
    this.#payer ??= seat.context;
    this.#passengers.add(seat);
    for (const lane of lanesOf(seat.context)) this.#party.join(lane);
    if (before !== undefined && before !== this.priority) this.#options.onPriorityChange();
  }

  #exit(seat: { readonly context: CallContext }, isLate: boolean): void {
    const before = this.priority;
    this.#passengers.delete(seat);
    if (this.#passengers.size === 0 && !(isLate && this.#options.outlivesDeadlines === true)) {
      this.cut();
      return;
    }
    this.#isAdrift = this.#passengers.size === 0;
    if (this.#isAdrift) this.#party.join(COMMON_LANE);
    for (const lane of lanesOf(seat.context)) this.#party.leave(lane);
    if (before !== this.priority) this.#options.onPriorityChange();
  }

  #tooLate(passenger: CallContext): Error {
    if (this.#subject && this.#underWay > 0) return new DeadlineError(this.#subject);
    return exhausted(passenger, this.#options);
  }

  #waitMs(passenger: CallContext, ahead: number): number {
    const [lane = COMMON_LANE] = lanesOf(passenger);
    return this.#options.waitMs(lane, ahead);
  }
}

export function exhausted(passenger: CallContext, { likelyWaitMs }: FlightsOptions, ahead = 0): BudgetExhaustedError {
  const [lane = COMMON_LANE] = lanesOf(passenger);
  return new BudgetExhaustedError(Math.max(1, Math.ceil(likelyWaitMs(lane, ahead) / 1_000)));
}

export function lanesOf({ party }: CallContext): Lane[] {
  return party ? [...party.lanes] : [COMMON_LANE];
}

export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException('The operation was aborted.', 'AbortError');
}
