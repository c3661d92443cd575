import type { House } from './house.ts';
import type { Tenants } from './server/callers/pass-through-door.ts';
import type { Clock } from './throttle/clock.ts';

export interface DisposableHouse extends House {
  /** Lets go of its count too. */
  dispose(): Promise<void>;
}

export interface HousesOptions {
  build(authorization: string): DisposableHouse;
  readonly clock: Clock;
  /**
   * How long one stands empty before it is taken down, in milliseconds: longer than the longest window and than any
   * question, or the calls of before would be forgotten while Mode still counts them.
   */
  readonly idleMs: number;
  /** There are never more. */
  readonly most: number;
}

interface Entry {
  readonly house: DisposableHouse;
  usedAt: number;
}

/** One house for each credential that callers bring, as long as it is used. */
export class Houses implements Tenants {
  readonly #options: HousesOptions;
  /** By the credential's digest, the one used longest ago first. */
  readonly #entries = new Map<string, Entry>();

  constructor(options: HousesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  all(): House[] {
    return [...this.#entries.values()].map(({ house }) => house);
  }

  of(digest: string, authorization: string): House | undefined {
    const now = this.#options.clock.now();
    this.#clear(now);
    const known = this.#entries.get(digest);
    if (!known && this.#entries.size >= this.#options.most) return undefined;
    const entry = known ?? { house: this.#options.build(authorization), usedAt: now };
    entry.usedAt = now;
    // Taken out first: a map keeps the order in which keys came.
    this.#entries.delete(digest);
    this.#entries.set(digest, entry);
    return entry.house;
  }

  remove(digest: string): void {
    const entry = this.#entries.get(digest);
    this.#entries.delete(digest);
    void entry?.house.dispose();
  }

  async dispose(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map(({ house }) => house.dispose()));
  }

  #clear(now: number): void {
    for (const [digest, { usedAt }] of this.#entries) {
      if (now - usedAt < this.#options.idleMs) return;
      this.remove(digest);
    }
  }
}
