import { randomUUID } from 'node:crypto';
import { sleep } from '../../mode/sleep.ts';
import type { Clock } from '../../throttle/clock.ts';
import type { CatalogListName } from '../catalog-lists.ts';
import { alone, type Errand, type Outcome, type ReadingTurns } from '../reading-turns.ts';
import type { CatalogRedis, Seen } from './catalog-redis.ts';
import { Lease } from './lease.ts';
import type { ListShelf } from './list-shelf.ts';
import { RedisAwayError } from './redis-errors.ts';
import { readHeader, type SharedHeader } from './shared-header.ts';
import { nextStep, type Step } from './sharing-policy.ts';
import type { SharingTiming } from './sharing-timing.ts';

export interface SharedTurnsOptions {
  readonly redis: CatalogRedis;
  readonly shelf: ListShelf;
  readonly clock: Clock;
  readonly maxAgeMs: number;
  readonly timing: SharingTiming;
}

/** What stays the same while an errand is on its way. */
interface Waiting {
  readonly since: number;
  readonly first: SharedHeader | undefined;
}

/**
 * One flight for all replicas: whoever wants a list takes over what another has read, or waits for the one who reads it,
 * or reads it for all. Whenever Redis fails, a replica reads for itself.
 */
export class SharedTurns implements ReadingTurns {
  readonly #options: SharedTurnsOptions;
  /** Errands, and leases that are being given back. */
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: SharedTurnsOptions) {
    this.#options = options;
  }

  run<Name extends CatalogListName>(errand: Errand<Name>): Promise<Outcome> {
    const outcome = this.#run(errand);
    this.#watch(outcome);
    return outcome;
  }

  /** Resolves when no errand is left, and no lease of ours in Redis, as far as can be told. Never throws. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #watch(work: Promise<unknown>): void {
    const done = work
      .then(() => undefined)
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  async #run<Name extends CatalogListName>(errand: Errand<Name>): Promise<Outcome> {
    const { name, call } = errand;
    const first = await this.#look(name);
    const waiting: Waiting = { since: this.#options.clock.now(), first: headerIn(first) };
    for (let seen = first; ; seen = await this.#look(name)) {
      call.signal?.throwIfAborted();
      if (!seen) return alone.run(errand);
      const outcome = await this.#take(this.#stepFor(errand, seen, waiting), errand, seen);
      if (outcome) return outcome;
      await this.#pause(errand);
    }
  }

  async #look(name: CatalogListName): Promise<Seen | undefined> {
    return this.#options.redis.look(name).catch(() => undefined);
  }

  #stepFor({ name, maxAgeMs, held }: Errand, seen: Seen, waiting: Waiting): Step {
    const { clock, shelf, timing } = this.#options;
    return nextStep({
      ...waiting,
      now: clock.now(),
      heldAsOf: held()?.asOf ?? -Infinity,
      maxAgeMs: this.#options.maxAgeMs,
      callersMaxAgeMs: maxAgeMs,
      header: headerIn(seen),
      isBeingRead: seen.isBeingRead,
      distrusted: shelf.distrusted(name),
      skewMs: timing.skewMs,
      longestWaitMs: timing.longestWaitMs,
    });
  }

  /** Undefined: Redis is to be looked at again. */
  async #take<Name extends CatalogListName>(
    step: Step,
    errand: Errand<Name>,
    seen: Seen,
  ): Promise<Outcome | undefined> {
    if (step === 'take over') return this.#takeOver(errand, seen);
    if (step === 'contend') return this.#contend(errand, seen);
    return step === 'read' ? alone.run(errand) : undefined;
  }

  async #takeOver<Name extends CatalogListName>(errand: Errand<Name>, seen: Seen): Promise<Outcome | undefined> {
    const header = headerIn(seen);
    if (!header) return undefined;
    const list = await this.#options.shelf.read(errand.name, header, errand.held()).catch((error: unknown) => {
      if (error instanceof RedisAwayError) return null;
      throw error;
    });
    errand.call.signal?.throwIfAborted();
    if (list === null) return alone.run(errand);
    if (!list) return undefined;
    await errand.takeUp(list);
    return 'taken over';
  }

  /** Who wants a list as it is now waits for nobody; the others wait for them, unless somebody reads it already. */
  async #contend<Name extends CatalogListName>(errand: Errand<Name>, seen: Seen): Promise<Outcome | undefined> {
    const { redis, clock, timing } = this.#options;
    const { name } = errand;
    const token = randomUUID();
    const isOurs = await redis.takeLease(name, token, seen.header).catch(() => undefined);
    if (isOurs === undefined || (!isOurs && errand.maxAgeMs === 0)) return alone.run(errand);
    if (!isOurs) return undefined;
    let isReading = true;
    const onWanted = (): void => {
      if (isReading) errand.hasten();
    };
    const lease = new Lease({ redis, name, token, clock, renewMs: timing.renewMs, onWanted });
    try {
      errand.call.signal?.throwIfAborted();
      const { outcome, stored } = await errand.read();
      // Not before it is there for all: whoever waits would else read it again.
      this.#release(lease, stored);
      return outcome;
    } catch (error) {
      this.#release(lease, Promise.resolve());
      throw error;
    } finally {
      isReading = false;
    }
  }

  #release(lease: Lease, after: Promise<void>): void {
    this.#watch(after.catch(() => undefined).then(() => lease.release()));
  }

  /** Until it is time to look again. Whoever reads the list is told when a person waits here. */
  async #pause({ name, call }: Errand): Promise<void> {
    const { redis, clock, timing } = this.#options;
    if (call.priority !== 'background') await redis.want(name).catch(() => undefined);
    await sleep(timing.pollMs, clock, call.signal);
  }
}

function headerIn(seen: Seen | undefined): SharedHeader | undefined {
  return seen && readHeader(seen.header);
}
