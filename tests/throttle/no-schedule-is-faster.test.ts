import fc from 'fast-check';
import type { RateWindow } from '../../src/throttle/rate-window.ts';
import { Calls } from '../support/throttle-calls.ts';

/** When a call may start at the earliest, and the stretches in which nobody may. */
interface Demand {
  readonly asks: readonly number[];
  readonly pauses: readonly { readonly from: number; readonly to: number }[];
}

/**
 * The earliest moment the last of `asks` can start by any schedule in whole milliseconds that keeps to
 * the windows and the pauses: every schedule is tried.
 */
function fastest({ asks, pauses }: Demand, windows: readonly RateWindow[], bound: number): number {
  let best = bound;
  const place = (starts: readonly number[]): void => {
    const ask = asks[starts.length];
    const last = starts.at(-1) ?? 0;
    if (ask === undefined) {
      best = Math.min(best, last);
      return;
    }
    for (let time = Math.max(ask, last); time < best; time++) {
      const isPaused = pauses.some(({ from, to }) => time >= from && time < to);
      const fits = windows.every(
        ({ limit, lengthMs }) => starts.filter((start) => start > time - lengthMs).length < limit,
      );
      if (fits && !isPaused) place([...starts, time]);
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
        expect(fastest({ asks, pauses: [] }, windows, took + 1)).toBe(took);
      },
    ),
    { numRuns: 500 },
  );
});

const call = fc.record({
  at: fc.integer({ min: 0, max: 8 }),
  priority: fc.constantFrom('person' as const, 'background' as const),
  /** How long after it asked it gives up, if it has not started by then. */
  patience: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 3, nil: undefined }),
});

it('nor by more than a twentieth with priorities, people who give up, refusals, and a clock that jumps', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ limit: fc.integer({ min: 2, max: 3 }), lengthMs: fc.integer({ min: 1, max: 6 }) }), {
        minLength: 1,
        maxLength: 2,
      }),
      fc.array(call, { minLength: 1, maxLength: 6 }),
      fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
      fc.option(fc.record({ at: fc.integer({ min: 1, max: 6 }), by: fc.integer({ min: 1, max: 4 }) }), {
        nil: undefined,
      }),
      async (windows, planned, refusedAt, jump) => {
        const calls = new Calls({ windows, longestPauseMs: 100_000 });
        const { clock, throttle } = calls;
        const pauses: { from: number; to: number }[] = [];
        const asked = new Map<number, number>();
        for (const [name, { at, priority, patience }] of planned.entries()) {
          const controller = new AbortController();
          clock.schedule(() => {
            asked.set(name, clock.elapsed);
            calls.run(name, 0, { priority: () => priority, signal: controller.signal });
            if (patience !== undefined) clock.schedule(() => controller.abort(new Error('gave up')), patience);
          }, at);
        }
        if (refusedAt !== undefined) {
          clock.schedule(() => {
            throttle.refused(null);
            pauses.push({ from: clock.elapsed, to: throttle.state().pausedUntil - clock.start });
          }, refusedAt);
        }
        if (jump) {
          clock.schedule(() => {
            // A machine that sleeps starts nothing, by any schedule.
            pauses.push({ from: clock.elapsed, to: clock.elapsed + jump.by });
            clock.jump(jump.by);
          }, jump.at);
        }
        await clock.runUntilIdle();

        // The best there is for those who stayed, each no sooner than it asked, and with nobody before it who left.
        const stayed = planned.map((_, name) => name).filter((name) => !calls.failed.has(name));
        expect(calls.started.map(([name]) => Number(name)).sort()).toEqual(stayed);
        if (stayed.length === 0) return;
        const took = Math.max(...calls.started.map(([, at]) => at));
        const asks = stayed.map((name) => asked.get(name) ?? 0).sort((a, b) => a - b);
        // The background leaves a part of every window to people, and is as fast within the rest.
        const parts = planned.every(({ priority }) => priority === 'person')
          ? windows
          : windows.map(({ limit, lengthMs }) => ({ limit: Math.max(1, Math.floor(limit * 0.75)), lengthMs }));
        const best = fastest({ asks, pauses }, parts, took + 1);
        expect(took).toBeLessThanOrEqual(Math.max(best, best * 1.05));
      },
    ),
    { numRuns: 1_000 },
  );
});
