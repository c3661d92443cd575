import type { Bill } from '../loading/bill.ts';
import { readRateLimit } from '../schema/rate-limit.ts';
import type { Throttle } from '../throttle/throttle.ts';

/** `extensions.upstream`: what an answer cost, and how the limit stands now. */
export function upstreamExtension(bill: Bill, rateLimit: object) {
  return { ...bill, rateLimit };
}

/** The part of it that changes by itself. */
export function rateLimitNow(throttle: Throttle, now: number): object {
  const { resetsAt, ...rateLimit } = readRateLimit(throttle.state(), now);
  return { ...rateLimit, resetsAt: resetsAt.toISOString() };
}
