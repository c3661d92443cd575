import fc from 'fast-check';
import { earliestStart, remainingCalls, type RateWindow } from '../../src/throttle/rate-window.ts';

const window = fc.record({ limit: fc.integer({ min: 1, max: 6 }), lengthMs: fc.integer({ min: 1, max: 25 }) });
const windows = fc.array(window, { minLength: 1, maxLength: 3 });
// Stamps beyond `now` are those of calls that have not been answered yet.
const stamps = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 25 });
const now = fc.integer({ min: 0, max: 60 });

/** Whether one more call at `time` shares no window with `limit` calls or more. */
function fits(log: readonly number[], rules: readonly RateWindow[], time: number): boolean {
  return rules.every(({ limit, lengthMs }) => log.filter((stamp) => stamp > time - lengthMs).length < limit);
}

it('is the first millisecond at which every window has room', () => {
  fc.assert(
    fc.property(stamps, windows, now, (log, rules, from) => {
      let expected = from;
      while (!fits(log, rules, expected)) expected++;
      expect(earliestStart(log, rules, from)).toBe(expected);
    }),
    { numRuns: 3_000 },
  );
});

it('is now, exactly when calls remain', () => {
  fc.assert(
    fc.property(stamps, windows, now, (log, rules, from) => {
      expect(earliestStart(log, rules, from) === from).toBe(remainingCalls(log, rules, from) > 0);
    }),
    { numRuns: 2_000 },
  );
});

it('leaves room for as many calls as it says remain', () => {
  fc.assert(
    fc.property(stamps, windows, now, (log, rules, from) => {
      const grown = [...log];
      let room = 0;
      while (fits(grown, rules, from)) {
        grown.push(from);
        room++;
      }
      expect(remainingCalls(log, rules, from)).toBe(room);
    }),
    { numRuns: 2_000 },
  );
});

it('does not change the log it is given', () => {
  const log = [3, 1, 2];
  earliestStart(log, [{ limit: 1, lengthMs: 10 }], 4);
  expect(log).toEqual([3, 1, 2]);
});
