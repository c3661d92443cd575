/** What a grant of the throttle costs, in process and through Redis: a table for people, and the figures. */
import { measureGrantCosts } from './grant-costs.ts';
import { round, table } from './table.ts';

export async function benchThrottle(): Promise<object> {
  const costs = await measureGrantCosts();
  console.log('\nWhat one grant costs: acquire and release, nobody waiting. One run; the ratios are what counts.\n');
  table(
    ['grant', 'microseconds', 'ratio'],
    [
      ['an empty promise', microseconds(costs.promiseNs), ''],
      ['in process', microseconds(costs.inProcessNs), `${round(costs.inProcessPerPromise)} promises`],
      ['a bare round trip to Redis', round(costs.pingUs), ''],
      ['through Redis, each by itself', round(costs.throughRedisUs), `${round(costs.throughRedisPerPing)} round trips`],
      ['through Redis, leased ahead', round(costs.withLeasesUs), `${round(costs.withLeasesPerPing)} round trips`],
    ],
  );
  return { throttle: costs };
}

/** To two digits behind the point. */
function microseconds(ns: number): string {
  return (ns / 1_000).toFixed(2);
}
