import { Redis } from 'ioredis';

export interface RedisTimeouts {
  /** Milliseconds. @default those of ioredis, or whoever asks has a deadline of their own */
  readonly connectMs?: number;
  readonly commandMs?: number;
}

const LONGEST_GOODBYE_MS = 20;

/**
 * Redis as all of ours use it: every command is sent at once or not at all, and never again, for what a command sent later
 * than it says would do is nobody's guess. It is not connected yet.
 *
 * Errors of ioredis carry the commands they came from, the one with the password among them: whoever opens it lets none out.
 */
export function openRedis(url: string, { connectMs, commandMs }: RedisTimeouts = {}): Redis {
  const redis = new Redis(url, {
    ...(commandMs !== undefined && { commandTimeout: commandMs }),
    ...(connectMs !== undefined && { connectTimeout: connectMs }),
    // A Redis that stands still does not say goodbye either.
    disconnectTimeout: LONGEST_GOODBYE_MS,
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // Who uses it connects again: a lost connection then has no timer of its own that could outlive us.
    retryStrategy: null,
    // While Redis loads it refuses what it is told, which says the same without waiting.
    enableReadyCheck: false,
  });
  // Without anybody who listens an error would end the process.
  redis.on('error', () => undefined);
  return redis;
}
