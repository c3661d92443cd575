import type { Redis } from 'ioredis';
import { openRedis } from '../../throttle/shared/open-redis.ts';
import type { CatalogListName } from '../catalog-lists.ts';
import { Breaker, type BreakerOptions } from './breaker.ts';
import { RedisAwayError, RedisFullError, RedisRefusesError } from './redis-errors.ts';
import {
  END_SCRIPT,
  PUBLISH_SCRIPT,
  PUT_SCRIPT,
  RELEASE_SCRIPT,
  RENEW_SCRIPT,
  TAKE_SCRIPT,
} from './sharing-scripts.ts';
import type { SharingTiming } from './sharing-timing.ts';

export interface CatalogRedisOptions extends BreakerOptions {
  /** `redis://` or, over TLS, `rediss://`. */
  readonly url: string;
  /** Tells this catalog's keys from others'. They share a hash tag, so that a cluster keeps them together. */
  readonly key: string;
  readonly timing: SharingTiming;
}

/** What Redis holds of a list, as it is written there. */
export interface Seen {
  readonly header: string | null;
  readonly isBeingRead: boolean;
}

export interface Memory {
  /** Bytes. */
  readonly used: number;
  /** Bytes; 0 for no limit. */
  readonly most: number;
}

/** `newer`: another replica was faster. `gone`: the pieces are not there. */
export interface Published {
  readonly outcome: 'published' | 'newer' | 'gone';
  /** The header in whose place it is, as it was written. */
  readonly replaced: string | null;
}

type Reply = Promise<unknown>;

interface ScriptedRedis extends Redis {
  putPiece(pieces: string, number: number, piece: Buffer, ttl: number): Reply;
  publishList(header: string, pieces: string, ...args: (string | number)[]): Reply;
  endVersion(header: string, pieces: string, id: string, ttl: number): Reply;
  takeLease(header: string, lease: string, token: string, ttl: number, seen: string): Reply;
  renewLease(lease: string, mark: string, token: string, ttl: number): Reply;
  releaseLease(lease: string, mark: string, token: string): Reply;
}

/**
 * Redis, where the catalog is shared. Has a connection of its own, so that no list stands between the throttle and its
 * count. Every command has a deadline.
 *
 * Everything but `close` throws {RedisAwayError}, or {RedisFullError} where something is written. Errors of ioredis carry
 * the commands they came from, the one with the password among them: none leaves this file.
 */
export class CatalogRedis {
  readonly #redis: ScriptedRedis;
  readonly #tag: string;
  readonly #timing: SharingTiming;
  readonly #breaker: Breaker;
  #connecting: Promise<void> | undefined;
  #isClosed = false;
  /** Megabytes go one after the other: a short command waits for one of them at the most. */
  #bulk: Promise<unknown> = Promise.resolve();

  constructor(options: CatalogRedisOptions) {
    const { url, key, timing } = options;
    this.#tag = `mode-graphql:{catalog:${key}}`;
    this.#timing = timing;
    this.#breaker = new Breaker(options);
    this.#redis = openRedis(url) as ScriptedRedis;
    for (const [name, numberOfKeys, lua] of [
      ['putPiece', 1, PUT_SCRIPT],
      ['publishList', 2, PUBLISH_SCRIPT],
      ['endVersion', 2, END_SCRIPT],
      ['takeLease', 2, TAKE_SCRIPT],
      ['renewLease', 2, RENEW_SCRIPT],
      ['releaseLease', 2, RELEASE_SCRIPT],
    ] as const) {
      this.#redis.defineCommand(name, { numberOfKeys, lua });
    }
  }

  async look(name: CatalogListName): Promise<Seen> {
    const [header = null, lease = null] = await this.#brief((redis) =>
      redis.mget(this.#key(name, 'header'), this.#key(name, 'lease')),
    );
    return { header, isBeingRead: lease !== null };
  }

  /** @param seen the header as `look` saw it; false when there is another one by now, or somebody has the lease */
  async takeLease(name: CatalogListName, token: string, seen: string | null): Promise<boolean> {
    const keys = [this.#key(name, 'header'), this.#key(name, 'lease')] as const;
    return (await this.#brief((redis) => redis.takeLease(...keys, token, this.#timing.leaseMs, seen ?? ''))) === 1;
  }

  async renewLease(name: CatalogListName, token: string): Promise<{ isHeld: boolean; isWanted: boolean }> {
    const keys = [this.#key(name, 'lease'), this.#key(name, 'wanted')] as const;
    const reply = await this.#brief((redis) => redis.renewLease(...keys, token, this.#timing.leaseMs));
    const [isHeld, isWanted] = Array.isArray(reply) ? (reply as unknown[]) : [];
    return { isHeld: isHeld === 1, isWanted: isWanted === 1 };
  }

  async releaseLease(name: CatalogListName, token: string): Promise<void> {
    await this.#brief((redis) => redis.releaseLease(this.#key(name, 'lease'), this.#key(name, 'wanted'), token));
  }

  /** A person waits for the list, whoever reads it. */
  async want(name: CatalogListName): Promise<void> {
    await this.#brief((redis) => redis.set(this.#key(name, 'wanted'), '1', 'PX', this.#timing.wantedMs));
  }

  /** Undefined when Redis does not say. */
  async memory(): Promise<Memory | undefined> {
    // Some let nobody ask; that says nothing of Redis.
    const info = await this.#brief((redis) => redis.info('memory').catch(onlyReply('')));
    const read = (field: string): number => Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(info)?.[1] ?? Number.NaN);
    const [used, most] = [read('used_memory'), read('maxmemory')];
    return Number.isNaN(used) || Number.isNaN(most) ? undefined : { used, most };
  }

  async putPiece(name: CatalogListName, id: string, number: number, piece: Buffer): Promise<void> {
    const { draftMs } = this.#timing;
    await this.#inBulk((redis) => redis.putPiece(this.#key(name, id), number, piece, draftMs));
  }

  /** Null when it is not there. */
  piece(name: CatalogListName, id: string, number: number): Promise<Buffer | null> {
    // Whatever else stands there is no piece.
    return this.#inBulk((redis) => redis.hgetBuffer(this.#key(name, id), String(number)).catch(onlyReply(null)));
  }

  /** Shows a version to all, unless there is a newer one. */
  async publish(
    name: CatalogListName,
    header: { readonly text: string; readonly id: string; readonly asOf: number; readonly pieces: number },
    latest: number,
  ): Promise<Published> {
    const { text, id, asOf, pieces } = header;
    const keys = [this.#key(name, 'header'), this.#key(name, id)] as const;
    const { keptMs } = this.#timing;
    const reply = await this.#brief((redis) => redis.publishList(...keys, text, asOf, latest, pieces, keptMs));
    const [done, replaced] = Array.isArray(reply) ? (reply as unknown[]) : [];
    if (done === 1) return { outcome: 'published', replaced: typeof replaced === 'string' ? replaced : null };
    return { outcome: done === 0 ? 'newer' : 'gone', replaced: null };
  }

  /** Who reads a version that nobody is told of any more may finish. Nothing happens to the one that the header names. */
  retire(name: CatalogListName, id: string): Promise<void> {
    return this.#endVersion(name, id, this.#timing.replacedMs);
  }

  /** The same, at once. */
  discard(name: CatalogListName, id: string): Promise<void> {
    return this.#endVersion(name, id, 0);
  }

  async #endVersion(name: CatalogListName, id: string, ttl: number): Promise<void> {
    const keys = [this.#key(name, 'header'), this.#key(name, id)] as const;
    await this.#brief((redis) => redis.endVersion(...keys, id, ttl));
  }

  /** What is under way then is cut. */
  closeWithin(ms: number): void {
    setTimeout(() => this.#end(), ms).unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#redis.status === 'end') return;
    const ended = new Promise<void>((resolve) => this.#redis.once('end', resolve));
    this.#end();
    await ended;
  }

  #end(): void {
    this.#isClosed = true;
    if (this.#redis.status !== 'end') this.#redis.disconnect();
  }

  #key(name: CatalogListName, what: string): string {
    return `${this.#tag}:${name}:${what}`;
  }

  #brief<T>(command: (redis: ScriptedRedis) => Promise<T>): Promise<T> {
    return this.#run(this.#timing.commandMs, command);
  }

  #inBulk<T>(command: (redis: ScriptedRedis) => Promise<T>): Promise<T> {
    const run = this.#bulk.then(() => this.#run(this.#timing.pieceMs, command));
    this.#bulk = run.catch(() => undefined);
    return run;
  }

  async #run<T>(ms: number, command: (redis: ScriptedRedis) => Promise<T>): Promise<T> {
    const attempt = this.#isClosed ? undefined : this.#breaker.attempt();
    if (!attempt) throw new RedisAwayError();
    try {
      await within(this.#timing.commandMs, this.#connect());
      const result = await within(ms, command(this.#redis));
      attempt.succeeded();
      return result;
    } catch (error) {
      // An answer, too: to take it for silence would cut what other lists are reading, again and again.
      if (error instanceof Error && error.name === 'ReplyError') {
        attempt.succeeded();
        throw /\bOOM\b/.test(error.message) ? new RedisFullError() : new RedisRefusesError();
      }
      if (!this.#isClosed) attempt.failed();
      // What is on its way may never arrive.
      if (this.#redis.status !== 'end') this.#redis.disconnect();
      throw new RedisAwayError();
    }
  }

  async #connect(): Promise<void> {
    if (this.#redis.status === 'ready') return;
    this.#connecting ??= this.#redis.connect().finally(() => (this.#connecting = undefined));
    await this.#connecting;
  }
}

/** What Redis refuses is taken for `otherwise`; what does not arrive is not. */
function onlyReply<T>(otherwise: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && error.name === 'ReplyError') return otherwise;
    throw error;
  };
}

/** A process that was held up has not looked at its sockets yet: they have their turn before it is too late. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const judge = (): void => void setImmediate(() => setImmediate(() => reject(new Error('too late'))));
    const timer = setTimeout(judge, ms);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
