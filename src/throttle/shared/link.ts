import type { Clock } from '../clock.ts';
import { backgroundPart } from '../priority.ts';
import type { RateWindow } from '../rate-window.ts';
import { ContactRefusedError, type KnownReplica, type Message, type Reply } from './contact.ts';
import { quietMs } from './fallback.ts';
import type { RedisConnection } from './redis-connection.ts';
import type { SharedTiming } from './timing.ts';

/** What the budget has to say at a contact. */
export type News = Pick<
  Message,
  'live' | 'reports' | 'gone' | 'pause' | 'told' | 'persons' | 'background' | 'spare' | 'leave'
>;

export interface LinkOptions {
  readonly connection: Pick<RedisConnection, 'time' | 'contact' | 'drop' | 'close'>;
  readonly clock: Clock;
  readonly timing: SharedTiming;
  readonly windows: readonly RateWindow[];
  readonly replicaId: string;
  readonly assumedReplicas: number;
  /** @param all Redis may know nothing of us */
  readonly say: (now: number, all: boolean) => News;
  readonly heard: (reply: Reply, sentAt: number, nonce: string) => void;
  /** Redis may not have heard what was said last. */
  readonly unheard: () => void;
  /** Something changed about who may call. */
  readonly changed: () => void;
  readonly warn: (message: string) => void;
}

/** After a contact that failed though Redis told the time: at most this long until the next, lest none is ever quiet. */
const LONGEST_BACKOFF_MS = 60_000;

/**
 * When this replica speaks with Redis: one contact at a time, soon when there is something to say, and at each
 * heartbeat. One that fails parts them. From then on it looks whether Redis is back, and meanwhile tells
 * since when the replica may go by its own share.
 */
export class Link {
  readonly #options: LinkOptions;
  readonly #startedAt: number;
  readonly #timing: SharedTiming;
  #isTogether = false;
  #isClosed = false;
  #isSpeaking = false;
  #underWay: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;
  #dueAt = Infinity;
  #contacts = 0;

  /** Redis's clock was at `redis` when ours was at `here`, or before. */
  #clocks = { redis: 0, here: 0 };
  /** The last moment at which Redis may have carried out something we sent. */
  #lastCarriedOut = -Infinity;
  #epoch = '';
  #version = 0;
  #known: readonly KnownReplica[] = [];
  #ack: number;
  #tellAll = true;

  #partedAt: number;
  #failedReturns = 0;
  #returnNotBefore = -Infinity;
  #hasWarned = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#timing = options.timing;
    this.#startedAt = this.#partedAt = options.clock.now();
    // A guess, until Redis says how many there are.
    this.#ack = options.assumedReplicas;
    this.#look();
  }

  get isTogether(): boolean {
    return this.#isTogether;
  }

  /** What to divide the windows by when cut off; 0 for no share. */
  get shares(): number {
    return this.#ack;
  }

  /**
   * Since when the replica may go by its own share; Infinity when that is not known yet. While a contact is under
   * way that would end it, it may not: whoever Redis then hears may be granted this share too.
   *
   * A newcomer that has no share waits as long as it is cut off: the others do not divide by it yet, so their
   * shares are the whole window.
   */
  get ownShareFrom(): number {
    return this.#isTogether || this.#isSpeaking || this.#isClosed ? Infinity : this.#shareFrom();
  }

  /** Something is to be said by then. */
  by(time: number): void {
    if (time >= this.#dueAt || this.#isClosed) return;
    this.#dueAt = time;
    if (this.#isTogether && !this.#underWay) this.#arm();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelTimer?.();
    await this.#underWay;
    // Without this the others would keep its share free until it expires.
    if (this.#isTogether) await this.#contact();
    await this.#options.connection.close();
  }

  #shareFrom(): number {
    if (this.#ack === 0) return Infinity;
    const quiet = this.#lastCarriedOut + quietMs(this.#options.windows, this.#timing);
    return this.#epoch === '' ? Math.max(this.#startedAt + this.#timing.startMs, quiet) : quiet;
  }

  #arm(): void {
    this.#cancelTimer?.();
    const delay = this.#dueAt - this.#options.clock.now();
    const go = (): void => {
      if (this.#isTogether && !this.#isClosed && !this.#underWay) this.#run(this.#contact());
    };
    if (delay > 0) {
      this.#cancelTimer = this.#options.clock.schedule(go, delay);
      return;
    }
    this.#cancelTimer = undefined;
    // Not at once: what is asked for in the same breath goes along.
    queueMicrotask(go);
  }

  #run(work: Promise<void>): void {
    this.#underWay = work.finally(() => {
      this.#underWay = undefined;
      if (this.#isClosed) return;
      if (this.#isTogether) {
        this.#arm();
        return;
      }
      this.#cancelTimer = this.#options.clock.schedule(() => this.#look(), this.#timing.probeMs);
      this.#options.changed();
    });
  }

  #look(): void {
    if (!this.#isClosed) this.#run(this.#returnIfBack());
  }

  /** The time changes nothing in Redis: the own share may be used while it is asked for. */
  async #returnIfBack(): Promise<void> {
    const { connection, clock } = this.#options;
    try {
      this.#clocks = { redis: await connection.time(), here: clock.now() };
    } catch {
      connection.drop();
      this.#warnIfLong();
      return;
    }
    if (clock.now() >= this.#returnNotBefore && !this.#isClosed) await this.#contact();
  }

  async #contact(): Promise<void> {
    const { connection, clock } = this.#options;
    const sentAt = clock.now();
    const mayHaveUsedGuess = sentAt >= this.#shareFrom();
    const carriedOutBefore = this.#lastCarriedOut;
    this.#cancelTimer?.();
    this.#dueAt = sentAt + this.#timing.heartbeatMs;
    this.#lastCarriedOut = sentAt + this.#timing.timeoutMs;
    const message = this.#message(sentAt, mayHaveUsedGuess);
    this.#isSpeaking = true;
    const reply = await connection.contact(message).catch((error: unknown) => {
      if (error instanceof ContactRefusedError) this.#lastCarriedOut = carriedOutBefore;
      return undefined;
    });
    this.#isSpeaking = false;
    if (!reply) {
      this.#options.unheard();
      this.#part();
      return;
    }
    this.#lastCarriedOut = clock.now();
    this.#heed(reply);
    this.#options.heard(reply, sentAt, message.nonce);
  }

  #message(now: number, mayHaveUsedGuess: boolean): Message {
    const { windows, replicaId, say } = this.#options;
    const { leaseMs, transitMs, silentMs, expiryMs, timeoutMs } = this.#timing;
    return {
      id: replicaId,
      notAfter: Math.floor(this.#clocks.redis + (now - this.#clocks.here) + timeoutMs),
      nonce: `${replicaId}:${++this.#contacts}`,
      epoch: this.#epoch,
      version: this.#version,
      known: this.#known,
      // A guess that was never gone by need not be counted by the others.
      ack: this.#epoch === '' && !mayHaveUsedGuess ? 0 : this.#ack,
      windows: windows.map(({ limit, lengthMs }) => [limit, backgroundPart(limit), lengthMs]),
      lease: leaseMs,
      transit: transitMs,
      silent: silentMs,
      expiry: expiryMs,
      grace: silentMs,
      ...say(now, this.#tellAll),
    };
  }

  #heed(reply: Reply): void {
    this.#clocks = { redis: reply.redisNow, here: this.#options.clock.now() };
    // Another history than the one we knew: it has nothing of ours.
    this.#tellAll = this.#isTogether && reply.epoch !== this.#epoch;
    if (this.#tellAll) this.#dueAt = -Infinity;
    this.#epoch = reply.epoch;
    this.#version = reply.version;
    this.#known = reply.known;
    this.#ack = reply.ack;
    this.#isTogether = true;
    this.#failedReturns = 0;
    if (this.#hasWarned) this.#options.warn('Redis is back: the budget is shared with the other replicas again');
    this.#hasWarned = false;
  }

  #part(): void {
    const now = this.#options.clock.now();
    if (this.#isTogether) this.#partedAt = now;
    else this.#returnNotBefore = now + Math.min(LONGEST_BACKOFF_MS, this.#timing.probeMs * 2 ** this.#failedReturns++);
    this.#isTogether = false;
    this.#tellAll = true;
    this.#options.connection.drop();
    this.#warnIfLong();
  }

  /** A hiccup that is over before anybody else notices is not worth a word. */
  #warnIfLong(): void {
    if (this.#hasWarned || this.#options.clock.now() - this.#partedAt < this.#timing.silentMs) return;
    this.#hasWarned = true;
    this.#options.warn('Redis cannot be reached: this replica goes by its own part of the budget, after a quiet time');
  }
}
