import type { AgedSlot } from './contact.ts';

/** A slot of this replica: its call may reach Mode as late as `stamp`, by this replica's clock. */
interface OwnCall {
  stamp: number;
  inHand: boolean;
}

export interface Reports {
  readonly changed: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
}

/** What this replica's slots were used for, and which of it Redis has still to be told. */
export class OwnCalls {
  readonly #transitMs: number;
  readonly #keptMs: number;
  readonly #calls = new Map<string, OwnCall>();
  #changed = new Set<string>();
  #gone = new Set<string>();

  /** @param keptMs a call counts for this long after its stamp */
  constructor(transitMs: number, keptMs: number) {
    this.#transitMs = transitMs;
    this.#keptMs = keptMs;
  }

  get hasNews(): boolean {
    return this.#changed.size + this.#gone.size > 0;
  }

  /** A slot in hand that may be used until `until`. */
  lease(id: string, until: number): void {
    this.#calls.set(id, { stamp: until + this.#transitMs, inHand: true });
  }

  /** The call leaves now. */
  start(id: string, now: number): void {
    this.#calls.set(id, { stamp: now + this.#transitMs, inHand: false });
    this.#changed.add(id);
  }

  settle(id: string, now: number): void {
    const call = this.#calls.get(id);
    if (!call || call.stamp <= now) return;
    call.stamp = now;
    this.#changed.add(id);
  }

  /** The slot was not used and will not be. */
  drop(id: string): void {
    this.#calls.delete(id);
    this.#changed.delete(id);
    this.#gone.add(id);
  }

  /** What there is to tell. It is not there any more: who takes it sees to it that it is told, or calls `remind`. */
  takeNews(): Reports {
    const news = { changed: this.#changed, gone: this.#gone };
    this.#changed = new Set();
    this.#gone = new Set();
    return news;
  }

  /** Redis may not have heard it. Telling it twice does no harm. */
  remind({ changed, gone }: Reports): void {
    for (const id of changed) if (this.#calls.has(id)) this.#changed.add(id);
    for (const id of gone) this.#gone.add(id);
  }

  aged(ids: Iterable<string>, now: number): AgedSlot[] {
    // Rounded down: later than it was, never sooner.
    return [...ids].flatMap((id) => {
      const call = this.#calls.get(id);
      return call ? [[id, Math.floor(now - call.stamp)] as const] : [];
    });
  }

  /** Every slot that counts still. */
  live(now: number): AgedSlot[] {
    this.#forgetOld(now);
    return this.aged(this.#calls.keys(), now);
  }

  /** When each call that has left can have reached Mode at the latest. */
  stamps(now: number): number[] {
    this.#forgetOld(now);
    return [...this.#calls.values()].filter(({ inHand }) => !inHand).map(({ stamp }) => stamp);
  }

  #forgetOld(now: number): void {
    for (const [id, { stamp }] of this.#calls) if (stamp + this.#keptMs <= now) this.#calls.delete(id);
  }
}
