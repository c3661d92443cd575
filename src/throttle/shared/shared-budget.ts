/**
 * The budget that all replicas with one credential share, in Redis. Who waits, and in which order, is each process's
 * own affair (`throttle.ts`); this says who of them gets the next slot: `contact-script.ts` keeps the count,
 * `link.ts` knows when to speak with it, `fallback.ts` what to do without.
 *
 * A slot is a lease: usable for a while after it was asked for, given back otherwise. While the windows are less
 * than half full a few more are taken than wait, so that not every call needs Redis.
 *
 * One case is beyond it. A replica that is kept from Redis alone for longer than `expiryMs` cannot be told from one
 * that crashed: the others take its share, while it, which cannot tell this from Redis being gone for all, keeps it.
 */
import { randomUUID } from 'node:crypto';
import type { Budget, BudgetState, Slot, Told } from '../budget.ts';
import type { Clock } from '../clock.ts';
import { LocalBudget } from '../local-budget.ts';
import type { Priority } from '../priority.ts';
import type { RateWindow } from '../rate-window.ts';
import type { Load } from '../seconds-for.ts';
import { slotId, type Reply } from './contact.ts';
import { fairShare } from './fallback.ts';
import { Hand } from './hand.ts';
import { Link, type News } from './link.ts';
import { Outbox } from './outbox.ts';
import { OwnCalls } from './own-calls.ts';
import { Picture } from './picture.ts';
import { RedisConnection } from './redis-connection.ts';
import type { SharedBudgetOptions } from './shared-budget-options.ts';
import { DEFAULT_TIMING, type SharedTiming } from './timing.ts';

export type { SharedBudgetOptions } from './shared-budget-options.ts';

/** A replica with more than its part of a full window lets the others ask first, for this long. */
const COURTESY_MS = 4;

export class SharedBudget implements Budget {
  readonly #windows: readonly RateWindow[];
  readonly #clock: Clock;
  readonly #timing: SharedTiming;
  readonly #replicaId: string;
  readonly #spare: number;
  readonly #link: Link;
  readonly #calls: OwnCalls;
  readonly #outbox: Outbox;
  readonly #hand = new Hand();
  #picture: Picture;
  /** What this replica does on its own, while it does. */
  #own: LocalBudget | undefined;
  #ownSlots = 0;

  readonly #waiting = new Set<Priority>();
  #askFrom: Readonly<Record<Priority, number>> = { person: -Infinity, background: -Infinity };
  #want = 1;
  #pausedUntil = 0;
  #isDisposed = false;
  #listener: () => void = () => undefined;

  constructor(options: SharedBudgetOptions) {
    const { windows, clock, transitMs, assumedReplicas = 4, replicaId = randomUUID() } = options;
    this.#windows = windows;
    this.#clock = clock;
    this.#timing = { ...DEFAULT_TIMING, ...(transitMs !== undefined && { transitMs }), ...options.timing };
    this.#replicaId = replicaId;
    this.#spare = options.spare ?? 4;
    this.#calls = new OwnCalls(this.#timing.transitMs, Math.max(...windows.map(({ lengthMs }) => lengthMs)));
    this.#outbox = new Outbox(this.#calls);
    this.#picture = new Picture(windows, clock.now());
    this.#link = new Link({
      connection: new RedisConnection({ url: options.url, key: options.key, timeoutMs: this.#timing.timeoutMs }),
      clock,
      timing: this.#timing,
      windows,
      replicaId,
      assumedReplicas,
      say: (now, all) => this.#say(now, all),
      heard: (reply, sentAt, nonce) => this.#heard(reply, sentAt, nonce),
      unheard: () => this.#outbox.unheard(),
      changed: () => this.#listener(),
      warn: options.warn ?? (() => undefined),
    });
  }

  take(priority: Priority): Slot | undefined {
    const now = this.#clock.now();
    if (this.#isDisposed) return undefined;
    if (this.#pausedUntil <= now) {
      const lease = this.#hand.take(priority, now);
      if (lease) return this.#slot(lease.id, now);
      const own = this.#ownBudget(now);
      if (own) {
        const slot = own.take(priority);
        return slot && this.#slot(`${this.#replicaId}:own:${++this.#ownSlots}`, now, slot);
      }
    }
    this.#waiting.add(priority);
    this.#link.by(Math.max(this.#askFrom[priority], this.#pausedUntil));
    return undefined;
  }

  nextTake(priority: Priority): number {
    const now = this.#clock.now();
    return Math.max(this.#ownBudget(now)?.nextTake(priority) ?? this.#ownFrom, this.#pausedUntil);
  }

  earliest(ahead: number): number {
    const now = this.#clock.now();
    const base = Math.max(now, this.#pausedUntil);
    const inHand = this.#hand.size;
    if (ahead < inHand) return base;
    return Math.max(base, this.#picture.earliest(ahead - inHand, this.#calls.stamps(now), now));
  }

  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  pauseUntil(time: number): void {
    if (time <= this.#pausedUntil) return;
    this.#pausedUntil = time;
    this.#own?.pauseUntil(time);
    this.#outbox.addPause();
    this.#link.by(-Infinity);
  }

  correct(told: Told): void {
    const own = this.#ownBudget(this.#clock.now());
    if (own) own.correct(told);
    else if (this.#picture.isNews(told) && this.#outbox.addTold(told)) this.#link.by(-Infinity);
  }

  state(): BudgetState {
    const now = this.#clock.now();
    const own = this.#ownBudget(now);
    if (own) return own.state();
    const known = this.#link.isTogether ? this.#picture.remaining(now) : 0;
    return {
      limit: this.#tightestLimit,
      remaining: this.#pausedUntil > now ? 0 : known + this.#hand.size,
      resetsAt: Math.max(this.#picture.wholeAgain(now), this.#pausedUntil),
      pausedUntil: this.#pausedUntil,
      scope: this.#link.isTogether ? 'REDIS' : 'STATIC_SHARE',
    };
  }

  load(): Load {
    const now = this.#clock.now();
    const own = this.#ownBudget(now);
    if (own) return own.load();
    const stamps = this.#picture.stamps(this.#calls.stamps(now), now);
    // Where it has no share of its own it waits for Redis, and nobody can say for how long.
    const alone = this.#link.isTogether || this.#ownFrom === Infinity ? 0 : this.#ownFrom;
    const notBefore = Math.max(this.#pausedUntil, this.#picture.shutUntil, alone);
    return { windows: this.#windows, stamps, inHand: this.#hand.size, notBefore };
  }

  /** Whether Redis answers. */
  get isShared(): boolean {
    return this.#link.isTogether;
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  /** Gives back what is in hand and leaves, so that the others have this replica's part at once. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#dropHand();
    await this.#link.close();
  }

  get #ownFrom(): number {
    return fairShare(this.#windows, this.#link.shares) ? this.#link.ownShareFrom : Infinity;
  }

  /** Once this replica may go by it. */
  #ownBudget(now: number): LocalBudget | undefined {
    const windows = this.#link.isTogether ? undefined : fairShare(this.#windows, this.#link.shares);
    if (!windows || now < this.#link.ownShareFrom) {
      this.#own = undefined;
      return undefined;
    }
    if (this.#own) return this.#own;
    const { transitMs } = this.#timing;
    const own = new LocalBudget({ windows, clock: this.#clock, transitMs, scope: 'STATIC_SHARE' });
    own.pauseUntil(this.#pausedUntil);
    own.onChange(() => this.#listener());
    for (const stamp of this.#calls.stamps(now)) own.count(stamp);
    return (this.#own = own);
  }

  #slot(id: string, now: number, own?: Slot): Slot {
    this.#calls.start(id, now);
    return {
      settle: () => {
        const settledAt = this.#clock.now();
        own?.settle();
        this.#calls.settle(id, settledAt);
        this.#link.by(settledAt + this.#timing.flushMs);
      },
      giveBack: () => {
        this.#calls.drop(id);
        this.#link.by(-Infinity);
        if (own) own.giveBack();
        else this.#listener();
      },
    };
  }

  #dropHand(): void {
    for (const { id } of this.#hand.takeAll()) this.#calls.drop(id);
  }

  #say(now: number, all: boolean): News {
    for (const { id } of this.#hand.takeEnded(now)) this.#calls.drop(id);
    const asks = this.#pausedUntil <= now && !this.#isDisposed;
    return {
      ...this.#outbox.take(now, this.#pausedUntil, all),
      persons: asks && this.#waiting.has('person') ? this.#want : 0,
      background: asks && this.#waiting.has('background') ? this.#want : 0,
      spare: asks && this.#waiting.size > 0 ? this.#spare : 0,
      leave: this.#isDisposed,
    };
  }

  #heard(reply: Reply, sentAt: number, nonce: string): void {
    this.#outbox.heard();
    this.#own = undefined;
    const until = sentAt + this.#timing.leaseMs;
    for (const [place, forBackground] of reply.granted.entries()) {
      const id = slotId(nonce, place);
      this.#calls.lease(id, until);
      this.#hand.add({ id, until, forBackground });
    }
    this.#picture = new Picture(this.#windows, sentAt, reply);
    if (reply.pauseMs > 0) this.#pausedUntil = Math.max(this.#pausedUntil, sentAt + reply.pauseMs);
    const from = sentAt + (this.#hasMuch(reply.replicas, sentAt) ? COURTESY_MS : 0);
    this.#askFrom = { person: from + reply.nextForPersonMs, background: from + reply.nextForBackgroundMs };

    this.#waiting.clear();
    this.#listener();
    if (this.#hand.size > 0 && !reply.isIdle) {
      // Somebody else may be waiting for these.
      this.#dropHand();
      this.#link.by(-Infinity);
    }
    if (this.#waiting.size === 0) this.#want = 1;
    else if (reply.granted.length >= this.#want) this.#want = Math.min(this.#want * 2, this.#tightestLimit);
    this.#link.by(this.#hand.soonestEnd);
    if (this.#calls.hasNews) this.#link.by(this.#clock.now() + this.#timing.flushMs);
  }

  get #tightestLimit(): number {
    return Math.min(...this.#windows.map(({ limit }) => limit));
  }

  #hasMuch(replicas: number, now: number): boolean {
    return this.#calls.stamps(now).length * replicas > Math.max(...this.#windows.map(({ limit }) => limit));
  }
}
