import type { Priority } from '../priority.ts';

/** A slot that Redis granted and nobody has used. */
export interface Lease {
  readonly id: string;
  /** The call must leave before. */
  readonly until: number;
  /** Granted while the background's part of the windows had room as well. */
  readonly forBackground: boolean;
}

/** The slots in hand, oldest first. */
export class Hand {
  #leases: Lease[] = [];

  get size(): number {
    return this.#leases.length;
  }

  get soonestEnd(): number {
    return Math.min(Infinity, ...this.#leases.map(({ until }) => until));
  }

  add(lease: Lease): void {
    this.#leases.push(lease);
  }

  take(priority: Priority, now: number): Lease | undefined {
    const fresh = this.#leases.filter(({ until }) => until > now);
    const only = priority === 'person' ? fresh.find(({ forBackground }) => !forBackground) : undefined;
    const lease = only ?? fresh.find(({ forBackground }) => forBackground);
    if (lease) this.#leases.splice(this.#leases.indexOf(lease), 1);
    return lease;
  }

  /** Takes out those that may not be used any more. */
  takeEnded(now: number): Lease[] {
    const ended = this.#leases.filter(({ until }) => until <= now);
    this.#leases = this.#leases.filter(({ until }) => until > now);
    return ended;
  }

  takeAll(): Lease[] {
    return this.takeEnded(Infinity);
  }
}
