import type { Lane } from './lane.ts';
import { turnsWithin } from './turns.ts';

/** Where a waiter stands within a lane: lower goes first. */
export interface Ranked {
  readonly ticket: number;
  /** May turn out to need no turn: it is not counted among those who go before somebody. @default false */
  readonly isTentative?: boolean | undefined;
}

/** The waiters of one lane, lowest ticket first. */
class LaneQueue<Waiter extends Ranked> {
  /** In order of arrival, which is that of the tickets. A Set, because a waiter that gives up leaves in O(1). */
  readonly fresh = new Set<Waiter>();
  /** Those with a lower ticket than one that came before them: calls that come back. They are few. */
  readonly returning: Waiter[] = [];
  /** Those that are counted: certain to go, and not counted in another lane already. */
  readonly counted = new Set<Waiter>();
  #newest = -1;

  get size(): number {
    return this.fresh.size + this.returning.length;
  }

  get first(): Waiter | undefined {
    const [fresh] = this.fresh;
    const [returning] = this.returning;
    return returning && (!fresh || returning.ticket < fresh.ticket) ? returning : fresh;
  }

  add(waiter: Waiter): void {
    if (waiter.ticket > this.#newest) {
      this.#newest = waiter.ticket;
      this.fresh.add(waiter);
      return;
    }
    const place = this.returning.findIndex((other) => other.ticket > waiter.ticket);
    this.returning.splice(place === -1 ? this.returning.length : place, 0, waiter);
  }

  delete(waiter: Waiter): void {
    this.counted.delete(waiter);
    if (this.fresh.delete(waiter)) return;
    const place = this.returning.indexOf(waiter);
    if (place !== -1) this.returning.splice(place, 1);
  }
}

interface CallerQueue<Waiter extends Ranked> {
  readonly name: string;
  readonly weight: number;
  /** In order of whose turn it is next. */
  readonly lanes: Map<Lane, LaneQueue<Waiter>>;
  /** Counted ones. */
  waiting: number;
}

interface Head<Waiter extends Ranked> {
  readonly caller: CallerQueue<Waiter>;
  readonly lane: Lane;
  readonly queue: LaneQueue<Waiter>;
  readonly waiter: Waiter;
}

/**
 * Who goes next. Callers share by weight (start-time fair queueing: the one whose turns so far, divided by
 * its weight, are fewest), a caller's lanes take turns, and a lane's waiters go by ticket. Who comes
 * new stands behind one turn of each of the others, however much they have asked for.
 *
 * A waiter may stand in several lanes; it goes with the first whose turn it is, and leaves them all.
 */
export class FairQueue<Waiter extends Ranked> {
  readonly #callers = new Map<string, CallerQueue<Waiter>>();
  readonly #lanesOf = new Map<Waiter, Set<Lane>>();
  /** When each caller may go next, in turns. Kept while it is ahead of the others, lest it come back as new. */
  readonly #nextTurn = new Map<string, number>();
  #turn = 0;

  get size(): number {
    return this.#lanesOf.size;
  }

  /** Whether it is anybody's turn: a waiter may stand in no lane for a moment. */
  get isReady(): boolean {
    return this.#callers.size > 0;
  }

  has(waiter: Waiter): boolean {
    return this.#lanesOf.has(waiter);
  }

  [Symbol.iterator](): IterableIterator<Waiter> {
    return this.#lanesOf.keys();
  }

  add(waiter: Waiter, lanes: Iterable<Lane>): void {
    this.#lanesOf.set(waiter, new Set());
    for (const lane of lanes) this.addTo(lane, waiter);
  }

  /** Puts a waiter into one more lane. */
  addTo(lane: Lane, waiter: Waiter): void {
    const lanes = this.#lanesOf.get(waiter);
    if (!lanes || lanes.has(lane)) return;
    const isCounted = lanes.size === 0 && waiter.isTentative !== true;
    lanes.add(lane);
    const { name, weight } = lane.caller;
    let caller = this.#callers.get(name);
    if (!caller) this.#callers.set(name, (caller = { name, weight, lanes: new Map(), waiting: 0 }));
    let queue = caller.lanes.get(lane);
    if (!queue) caller.lanes.set(lane, (queue = new LaneQueue()));
    queue.add(waiter);
    if (!isCounted) return;
    queue.counted.add(waiter);
    caller.waiting++;
  }

  /** Takes a waiter out of one lane. In none, it stays in the queue and never goes. */
  removeFrom(lane: Lane, waiter: Waiter): void {
    if (!this.#lanesOf.get(waiter)?.delete(lane)) return;
    const { name } = lane.caller;
    const caller = this.#callers.get(name);
    const queue = caller?.lanes.get(lane);
    if (!caller || !queue) return;
    if (queue.counted.has(waiter)) caller.waiting--;
    queue.delete(waiter);
    if (queue.size === 0) caller.lanes.delete(lane);
    if (caller.lanes.size === 0) this.#callers.delete(name);
  }

  delete(waiter: Waiter): boolean {
    const lanes = this.#lanesOf.get(waiter);
    if (!lanes) return false;
    for (const lane of lanes) this.removeFrom(lane, waiter);
    this.#lanesOf.delete(waiter);
    if (this.size === 0) this.#forgetTurns();
    return true;
  }

  /** Whose turn it is; it stays in the queue. */
  first(): Waiter | undefined {
    return this.#head()?.waiter;
  }

  /** Takes out whose turn it is, and charges the lane it went with for it. */
  shift(): Waiter | undefined {
    const head = this.#head();
    if (!head) return undefined;
    const { caller, lane, queue, waiter } = head;
    this.#turn = this.#turnOf(caller.name);
    this.#nextTurn.set(caller.name, this.#turn + 1 / caller.weight);
    // To the end of its caller's lanes.
    caller.lanes.delete(lane);
    caller.lanes.set(lane, queue);
    this.delete(waiter);
    return waiter;
  }

  /**
   * How many will go before a waiter that stands last in its lane, if nobody else comes or leaves: at least that
   * many. One that several wait for counts once, and one that may need no turn not at all.
   */
  ahead(waiter: Waiter): number {
    const counts = [...(this.#lanesOf.get(waiter) ?? [])].map((lane) => {
      const queue = this.#callers.get(lane.caller.name)?.lanes.get(lane);
      const counted = queue?.counted.size ?? 0;
      return this.#aheadIn(lane, queue?.first === waiter ? 0 : counted - (queue?.counted.has(waiter) ? 1 : 0));
    });
    return counts.length === 0 ? 0 : Math.min(...counts);
  }

  /** The same for one that is still to come. */
  aheadOfNew(lane: Lane): number {
    return this.#aheadIn(lane, this.#callers.get(lane.caller.name)?.lanes.get(lane)?.counted.size ?? 0);
  }

  /** How many others go before the last of `calls` that are still to come to a lane, if nobody else comes or leaves. */
  othersBefore(lane: Lane, calls: number): number {
    const { name, weight } = lane.caller;
    const lanes = this.#callers.get(name)?.lanes ?? [];
    const own = new Map(lanes).get(lane)?.counted.size ?? 0;
    const turns = own + calls;
    let others = own;
    let isBefore = true;
    for (const [other, { counted }] of lanes) {
      if (other === lane) isBefore = false;
      else others += Math.min(counted.size, isBefore ? turns : turns - 1);
    }
    const last = this.#turnOf(name) + (others + calls - 1) / weight;
    isBefore = true;
    for (const [other, caller] of this.#callers) {
      if (other === name) isBefore = false;
      else others += Math.min(caller.waiting, turnsWithin(last - this.#turnOf(other), caller.weight, isBefore));
    }
    return others;
  }

  /** @param own waiters before it in the lane itself */
  #aheadIn(lane: Lane, own: number): number {
    const caller = this.#callers.get(lane.caller.name);
    let ahead = own;
    let isBefore = true;
    for (const [other, { counted }] of caller?.lanes ?? []) {
      if (other === lane) isBefore = false;
      // Lanes whose turn comes first have one turn more before any of ours.
      else ahead += Math.min(counted.size, isBefore ? own + 1 : own);
    }
    let others = 0;
    for (const [name, { weight, waiting }] of this.#callers) {
      if (name === lane.caller.name) continue;
      others += Math.min(waiting, Math.floor((ahead * weight) / lane.caller.weight));
    }
    return ahead + others;
  }

  /** The caller whose turn it is, and the waiter of its that goes first. */
  #head(): Head<Waiter> | undefined {
    let least = Infinity;
    let next: CallerQueue<Waiter> | undefined;
    for (const caller of this.#callers.values()) {
      const turn = this.#turnOf(caller.name);
      if (turn >= least) continue;
      least = turn;
      next = caller;
    }
    for (const [lane, queue] of next?.lanes ?? []) {
      const waiter = queue.first;
      if (next && waiter) return { caller: next, lane, queue, waiter };
    }
    return undefined;
  }

  #turnOf(caller: string): number {
    return Math.max(this.#turn, this.#nextTurn.get(caller) ?? 0);
  }

  /** With nobody left, nobody is ahead of anybody. */
  #forgetTurns(): void {
    this.#nextTurn.clear();
    this.#turn = 0;
  }
}
