import type { Redis } from 'ioredis';
import { ContactRefusedError, readReply, type Message, type Reply } from './contact.ts';
import { CONTACT_SCRIPT } from './contact-script.ts';
import { openRedis } from './open-redis.ts';

export interface RedisConnectionOptions {
  /** `redis://` or, over TLS, `rediss://`. */
  readonly url: string;
  /** Tells this budget's keys from others'. They share a hash tag, so that a cluster keeps them together. */
  readonly key: string;
  readonly timeoutMs: number;
}

interface ScriptedRedis extends Redis {
  contact(log: string, members: string, state: string, message: string): Promise<unknown>;
}

/**
 * Redis, in which every command is sent at once or not at all, has a deadline, and is never sent again: what a
 * command sent later than it says would do is nobody's guess.
 *
 * Errors of ioredis carry the commands they came from, the one with the password among them: none leaves this file.
 */
export class RedisConnection {
  readonly #redis: ScriptedRedis;
  readonly #keys: readonly [string, string, string];

  constructor({ url, key, timeoutMs }: RedisConnectionOptions) {
    const tag = `mode-graphql:{${key}}`;
    this.#keys = [`${tag}:log`, `${tag}:members`, `${tag}:state`];
    // A connection takes several round trips, over TLS more.
    this.#redis = openRedis(url, { commandMs: timeoutMs, connectMs: timeoutMs * 8 }) as ScriptedRedis;
    this.#redis.defineCommand('contact', { numberOfKeys: 3, lua: CONTACT_SCRIPT });
  }

  /** Connects if need be, and tells Redis's clock, in milliseconds. Changes nothing there. */
  async time(): Promise<number> {
    try {
      if (this.#redis.status === 'wait' || this.#redis.status === 'end') await this.#redis.connect();
      const [seconds, micros] = await this.#redis.time();
      return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
    } catch {
      throw new Error('Redis did not tell the time');
    }
  }

  /**
   * @throws {ContactRefusedError} when nothing was done
   * @throws {Error} when it is not known whether anything was or will be done
   */
  async contact(message: Message): Promise<Reply> {
    if (this.#redis.status !== 'ready') throw new ContactRefusedError('Redis is not connected');
    const raw = await this.#redis.contact(...this.#keys, JSON.stringify(message)).catch((error: unknown) => {
      // Redis answers so before a script's first write: loading, read-only, out of memory, not permitted.
      if (error instanceof Error && error.name === 'ReplyError') {
        throw new ContactRefusedError('Redis refused the script');
      }
      throw new Error('Redis did not answer in time');
    });
    return readReply(raw);
  }

  /** What is on its way may never arrive. The next look at the time connects again. */
  drop(): void {
    if (this.#redis.status === 'ready') this.#redis.disconnect();
  }

  async close(): Promise<void> {
    if (this.#redis.status === 'end') return;
    const ended = new Promise((resolve) => this.#redis.once('end', resolve));
    this.#redis.disconnect();
    await ended;
  }
}
