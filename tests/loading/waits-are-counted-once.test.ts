import * as fc from 'fast-check';
import { addInterval, type Interval } from '../../src/loading/bill.ts';

const moment = fc.integer({ min: 0, max: 60 });
const interval = fc
  .tuple(moment, moment)
  .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));

describe('waits of calls that were made together', () => {
  it('count every millisecond once, in whatever order they are told', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 25 }), (added) => {
        const merged = added.reduce<Interval[]>((list, one) => addInterval(list, one), []);
        const milliseconds = Array.from({ length: 60 }, (_, at) => at);
        const waited = milliseconds.filter((at) => added.some(({ from, to }) => from <= at && at < to)).length;
        expect(merged.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(waited);
        const sorted = [...merged].sort((a, b) => a.from - b.from);
        for (const [at, one] of sorted.entries()) {
          const next = sorted[at + 1];
          expect(one.from).toBeLessThanOrEqual(one.to);
          if (next) expect(next.from).toBeGreaterThan(one.to);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('leave the list they are added to as it was', () => {
    const list = [{ from: 0, to: 5 }];
    expect(addInterval(list, { from: 3, to: 9 })).toEqual([{ from: 0, to: 9 }]);
    expect(list).toEqual([{ from: 0, to: 5 }]);
  });
});
