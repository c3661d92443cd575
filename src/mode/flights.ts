import { BudgetExhaustedError } from '../throttle/budget-exhausted-error.ts';
import { COMMON_LANE } from '../throttle/lane.ts';
import type { Priority } from '../throttle/throttle.ts';
import type { CallContext } from './call-context.ts';
import { asError, exhausted, Flight, lanesOf, type BoardingOptions, type FlightsOptions } from './flight.ts';

export type { BoardingOptions, FlightsOptions } from './flight.ts';

/**
 * Readings under way, by name. Whoever wants what is being read already waits for that, instead of reading
 * it once more. A reading stands in the queue for all who wait for it; it lives until the last of them
 * has left, and its calls are on the bill of who has waited longest.
 */
export class Flights {
  readonly #options: FlightsOptions;
  readonly #flights = new Map<string, Flight>();
  /** With those that a newer one of the same name has taken the place of. */
  readonly #underWay = new Set<Flight>();

  constructor(options: FlightsOptions) {
    this.#options = options;
  }

  /** The priority of a reading that is under way; undefined when there is none. */
  priorityOf(name: string): Priority | undefined {
    return this.#flights.get(name)?.priority;
  }

  /**
   * What `read` reads, once however many ask at the same time.
   *
   * @throws what `read` throws
   * @throws {BudgetExhaustedError} or {DeadlineError} when the passenger's time is over: nothing had started, or it had
   * @throws the reason of the passenger's signal, when it is aborted
   */
  board<T>(
    name: string,
    passenger: CallContext,
    read: (call: CallContext) => Promise<T>,
    options: BoardingOptions = {},
  ): Promise<T> {
    if (passenger.signal?.aborted) return Promise.reject(asError(passenger.signal.reason));
    const left = passenger.deadline?.leftMs ?? Infinity;
    if (left <= 0) return Promise.reject(exhausted(passenger, this.#options));
    const met = this.#flights.get(name);
    const isJoining = met !== undefined && !(passenger.live === true && met.started);
    const flight = isJoining ? met : this.#takeOff(name, read, options);
    const calls = flight.started ? 1 : (options.calls ?? 1);
    // The name says what is read, and with it of which type it is.
    const value = flight.carry(passenger, calls) as Promise<T>;
    if (!isJoining) return value;
    return value.catch((error: unknown) => {
      // The flight was refused on account of those who were aboard before, and had less time. A passenger who has
      // left it for reasons of its own must not come back, and back again.
      const isFlights = error instanceof BudgetExhaustedError && error === flight.failure;
      if (!isFlights || !this.#hasTime(passenger)) throw error;
      return this.board(name, passenger, read, options);
    });
  }

  #takeOff(name: string, read: (call: CallContext) => Promise<unknown>, options: BoardingOptions): Flight {
    const flight: Flight = new Flight(this.#options, options, () => {
      // Gone from the map before it is cut: whoever asks next must not board a flight that is going down.
      if (this.#flights.get(name) === flight) this.#flights.delete(name);
      this.#underWay.delete(flight);
    });
    this.#flights.set(name, flight);
    this.#underWay.add(flight);
    flight.takeOff(read);
    return flight;
  }

  #hasTime(passenger: CallContext): boolean {
    const [lane = COMMON_LANE] = lanesOf(passenger);
    return this.#options.waitMs(lane, 0) < (passenger.deadline?.leftMs ?? Infinity);
  }

  /** Cuts every reading that is under way. */
  cut(): void {
    for (const flight of [...this.#underWay]) flight.cut();
  }

  /** Cuts those that no person waits for. */
  cutBackground(): void {
    for (const flight of [...this.#underWay]) if (flight.priority === 'background') flight.cut();
  }
}
