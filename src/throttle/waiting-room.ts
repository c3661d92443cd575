import { FairQueue } from './fair-queue.ts';
import type { Lane } from './lane.ts';
import type { Party } from './party.ts';
import { MOST_PERSONS_IN_A_ROW, type Priority } from './priority.ts';

export interface Waiting {
  readonly ticket: number;
  readonly isTentative: boolean;
  readonly party: Party;
  readonly priority: () => Priority;
}

/**
 * Who waits: people before the background, and each by turns. The background has its turn after so many of
 * people's, as a person would: its part of the window may be full of theirs.
 */
export class WaitingRoom<Waiter extends Waiting> {
  readonly #persons = new FairQueue<Waiter>();
  readonly #background = new FairQueue<Waiter>();
  /** People's calls that went while the background was waiting. */
  #personsInARow = 0;
  /** No waiter has an earlier deadline than this. */
  #soonestDeadline = Infinity;

  get size(): number {
    return this.#persons.size + this.#background.size;
  }

  *[Symbol.iterator](): IterableIterator<Waiter> {
    yield* [...this.#persons, ...this.#background];
  }

  enter(waiter: Waiter): void {
    this.#queueFor(waiter).add(waiter, waiter.party.lanes);
    this.#soonestDeadline = Math.min(this.#soonestDeadline, waiter.party.deadline);
  }

  leave(waiter: Waiter): void {
    if (!this.#persons.delete(waiter)) this.#background.delete(waiter);
  }

  joined(lane: Lane, waiter: Waiter): void {
    for (const queue of [this.#persons, this.#background]) queue.addTo(lane, waiter);
  }

  left(lane: Lane, waiter: Waiter): void {
    for (const queue of [this.#persons, this.#background]) queue.removeFrom(lane, waiter);
    this.#soonestDeadline = Math.min(this.#soonestDeadline, waiter.party.deadline);
  }

  /** Moves those whose priority is another by now. */
  reconsider(): void {
    for (const waiter of this) {
      if (this.#queueFor(waiter).has(waiter)) continue;
      this.leave(waiter);
      this.enter(waiter);
    }
  }

  /** As what the next to go would go; undefined when nobody waits. */
  get nextGoesAs(): Priority | undefined {
    if (this.#persons.isReady || this.#isBackgroundsTurn) return 'person';
    return this.#background.isReady ? 'background' : undefined;
  }

  /** Takes out whose turn it is. */
  next(): Waiter | undefined {
    if (this.#isBackgroundsTurn || !this.#persons.isReady) {
      this.#personsInARow = 0;
      return this.#background.shift();
    }
    this.#personsInARow = this.#background.size === 0 ? 0 : this.#personsInARow + 1;
    return this.#persons.shift();
  }

  get #isBackgroundsTurn(): boolean {
    return this.#background.isReady && this.#personsInARow >= MOST_PERSONS_IN_A_ROW;
  }

  /** How many go before it, at least; undefined for the background's, which nobody has promised anything. */
  ahead(waiter: Waiter): number | undefined {
    return this.#persons.has(waiter) ? this.#persons.ahead(waiter) : undefined;
  }

  /** The same for a person's call that is still to come. */
  aheadOfNew(lane: Lane): number {
    return this.#persons.aheadOfNew(lane);
  }

  /** How many others go before the last of so many of a person's calls that are still to come, if nobody comes or leaves. */
  othersBefore(lane: Lane, calls: number): number {
    const others = this.#persons.othersBefore(lane, calls);
    const turns = Math.floor((this.#personsInARow + others + calls - 1) / MOST_PERSONS_IN_A_ROW);
    return others + Math.min(this.#background.size, turns);
  }

  /** Those whose party has no use for anything that starts at `start`. */
  tooLateAt(start: number): Waiter[] {
    if (this.#soonestDeadline >= start) return [];
    const late: Waiter[] = [];
    this.#soonestDeadline = Infinity;
    for (const waiter of this) {
      const { deadline } = waiter.party;
      if (deadline < start) late.push(waiter);
      else this.#soonestDeadline = Math.min(this.#soonestDeadline, deadline);
    }
    return late;
  }

  #queueFor(waiter: Waiter): FairQueue<Waiter> {
    return waiter.priority() === 'person' ? this.#persons : this.#background;
  }
}
