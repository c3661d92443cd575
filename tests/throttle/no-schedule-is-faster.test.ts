import fc from 'fast-check';
import type { RateWindow } from '../../src/throttle/rate-window.ts';
import { Calls } from '../support/throttle-calls.ts';

/**
 * The earliest moment the last of `asks` can start by any schedule in whole milliseconds that keeps to
 * the windows: every schedule is tried.
 */
function fastest(asks: readonly number[], windows: readonly RateWindow[], bound: number): number {
  let best = bound;
  const place = (starts: readonly number[]): void => {
    const ask = asks[starts.length];
    const last = starts.at(-1) ?? 0;
    if (ask === undefined) {
      best = Math.min(best, last);
      return;
    }
    for (let time = Math.max(ask, last); time < best; time++) {
      const fits = windows.every(
        ({ limit, lengthMs }) => starts.filter((start) => start > time - lengthMs).length < limit,
      );
      if (fits) place([...starts, time]);
    }
  };
  place([]);
  return best;
}

const window = fc.record({ limit: fc.integer({ min: 1, max: 3 }), lengthMs: fc.integer({ min: 1, max: 6 }) });

it('on small cases, by trying them all', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(window, { minLength: 1, maxLength: 2 }),
      fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 6 }),
      async (windows, times) => {
        const asks = times.sort((a, b) => a - b);
        const calls = new Calls({ windows });
        for (const [name, at] of asks.entries()) calls.clock.schedule(() => calls.run(name, 0), at);
        await calls.clock.runUntilIdle();
        expect(calls.started).toHaveLength(asks.length);
        const took = Math.max(...calls.started.map(([, at]) => at));
        // One more than it took: a schedule that is no faster is found as well.
        expect(fastest(asks, windows, took + 1)).toBe(took);
      },
    ),
    { numRuns: 500 },
  );
});
