import type { Clock } from '../../throttle/clock.ts';
import type { CatalogListName } from '../catalog-lists.ts';
import type { CatalogRedis } from './catalog-redis.ts';

export interface LeaseOptions {
  readonly redis: CatalogRedis;
  readonly name: CatalogListName;
  /** Unlike every other lease's. */
  readonly token: string;
  readonly clock: Clock;
  readonly renewMs: number;
  /** Told, with each renewal, that a person waits for the list in another replica. */
  readonly onWanted: () => void;
}

/**
 * The right to read a list for all replicas, which lasts as long as it is renewed. Whoever loses it, because Redis could not
 * be reached or the machine stood still, reads on: what is read twice is right twice.
 */
export class Lease {
  readonly #options: LeaseOptions;
  #cancel: () => void = () => undefined;
  #isOver = false;
  #underWay: Promise<void> = Promise.resolve();

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#renewLater();
  }

  /** Never throws: one that cannot be given back ends by itself. */
  async release(): Promise<void> {
    this.#isOver = true;
    this.#cancel();
    await this.#underWay;
    const { redis, name, token } = this.#options;
    await redis.releaseLease(name, token).catch(() => undefined);
  }

  #renewLater(): void {
    const { clock, renewMs } = this.#options;
    this.#cancel = clock.schedule(() => {
      this.#underWay = this.#renew();
    }, renewMs);
  }

  async #renew(): Promise<void> {
    const { redis, name, token, onWanted } = this.#options;
    // While Redis is away there is nothing to lose by trying again.
    const state = await redis.renewLease(name, token).catch(() => ({ isHeld: true, isWanted: false }));
    if (this.#isOver || !state.isHeld) return;
    if (state.isWanted) onWanted();
    this.#renewLater();
  }
}
