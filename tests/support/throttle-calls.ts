import { LocalBudget } from '../../src/throttle/local-budget.ts';
import type { RateWindow } from '../../src/throttle/rate-window.ts';
import { Throttle, type Claim, type Permit, type ThrottleOptions } from '../../src/throttle/throttle.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A throttle on a clock of its own, and calls that note when they may start. */
export class Calls {
  readonly clock = new VirtualClock();
  readonly throttle: Throttle;
  /** By name, in order: the milliseconds since the start at which each call was let go. */
  readonly started: [name: string | number, at: number][] = [];
  /** Who was turned away, and why. */
  readonly failed = new Map<string | number, unknown>();
  readonly #permits = new Map<string | number, Permit>();

  constructor({ transitMs = 1_000, ...options }: Partial<ThrottleOptions> & { readonly transitMs?: number } = {}) {
    const windows: readonly RateWindow[] = options.windows ?? [{ limit: 40, lengthMs: 10_000 }];
    this.throttle = new Throttle({
      windows,
      budget: new LocalBudget({ windows, clock: this.clock, transitMs }),
      concurrency: 1_000,
      clock: this.clock,
      ...options,
    });
  }

  /** Asks for a permit; the call then stays under way until a test ends it. */
  ask(name: string | number, claim: Claim = {}): number {
    const { ticket = this.throttle.takeTicket() } = claim;
    this.throttle.acquire({ ...claim, ticket }).then(
      (permit) => {
        this.started.push([name, this.clock.elapsed]);
        this.#permits.set(name, permit);
      },
      (error: unknown) => this.failed.set(name, error),
    );
    return ticket;
  }

  /** Asks for a permit for a call that is answered `roundTripMs` after its start. */
  run(name: string | number, roundTripMs: number, claim: Claim = {}): void {
    this.throttle.acquire(claim).then(
      (permit) => {
        this.started.push([name, this.clock.elapsed]);
        this.clock.schedule(() => permit.release(), roundTripMs);
      },
      (error: unknown) => this.failed.set(name, error),
    );
  }

  permit(name: string | number): Permit {
    const permit = this.#permits.get(name);
    if (permit === undefined) throw new Error(`${name} has not started`);
    return permit;
  }

  release(...names: (string | number)[]): void {
    for (const name of names) this.permit(name).release();
  }

  get names(): (string | number)[] {
    return this.started.map(([name]) => name);
  }
}

export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
