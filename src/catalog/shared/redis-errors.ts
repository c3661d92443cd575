/** Redis is not there, does not answer in time, refuses us, or is left alone because it has just failed. */
export class RedisAwayError extends Error {
  override readonly name: string = 'RedisAwayError';

  constructor() {
    super('Redis is not to be had');
  }
}

/** Redis is there, and answers that it will not: it takes no writes, or its user may not. */
export class RedisRefusesError extends RedisAwayError {
  override readonly name = 'RedisRefusesError';
}

/** Redis has no room for it. */
export class RedisFullError extends Error {
  override readonly name = 'RedisFullError';

  constructor() {
    super('Redis has no room');
  }
}
