import * as fc from 'fast-check';
import { layOut, type Bar } from '../../explorer/panel/time-line-layout.ts';
import type { Timeline } from '../../explorer/wire/upstream.ts';
import type { Timeline as GatewayTimeline } from '../../src/loading/timeline.ts';

const call = fc.record({
  api: fc.constantFrom('REST', 'DISCOVERY'),
  what: fc.constant('/reports/{report}'),
  askedMs: fc.integer({ min: -2_000, max: 30_000 }),
  waitedMs: fc.integer({ min: 0, max: 20_000 }),
  tookMs: fc.integer({ min: 0, max: 5_000 }),
  status: fc.constantFrom(200, 429, null),
});
const timeline = fc.record({
  calls: fc.array(call, { maxLength: 60 }),
  waits: fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 10_000 }))
      .map(([fromMs, ms]) => ({ fromMs, toMs: fromMs + ms })),
    { maxLength: 10 },
  ),
  leftOut: fc.constant(0),
});

const ALMOST = 1e-9;
const endOf = ({ left, width }: { left: number; width: number }): number => left + width;

describe('a time line', () => {
  it('shows every call once, under its API, in a lane where none overlaps another', () => {
    fc.assert(
      fc.property(timeline, (given) => {
        const { apis } = layOut(given);
        const shown = apis.flatMap(({ api, lanes }) => {
          for (const lane of lanes) expect(lane.every((bar) => bar.call.api === api)).toBe(true);
          for (const lane of lanes) {
            for (const [at, bar] of lane.entries()) {
              const next = lane[at + 1];
              if (next) expect(endOf(bar)).toBeLessThanOrEqual(next.left + ALMOST);
            }
          }
          return lanes.flat();
        });
        expect(shown).toHaveLength(given.calls.length);
        expect(new Set(shown.map((bar) => bar.call)).size).toBe(given.calls.length);
      }),
      { numRuns: 500 },
    );
  });

  it('has as many lanes as calls were under way at once, and no more', () => {
    fc.assert(
      fc.property(timeline, (given) => {
        for (const { lanes } of layOut(given).apis) {
          const bars: Bar[] = lanes.flat();
          // Where something begins, the most is reached.
          const most = Math.max(
            ...bars.map(
              ({ call: { askedMs, waitedMs } }) => bars.filter((other) => isUnderWay(other, askedMs + waitedMs)).length,
            ),
          );
          expect(lanes.length).toBeLessThanOrEqual(Math.max(1, most));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps everything between its ends, and the calls in proportion', () => {
    fc.assert(
      fc.property(timeline, (given) => {
        const { apis, waits, ticks, lengthMs } = layOut(given);
        const bars = apis.flatMap(({ lanes }) => lanes.flat());
        for (const span of [...bars, ...waits, ...ticks.map(({ left }) => ({ left, width: 0 }))]) {
          expect(span.left).toBeGreaterThanOrEqual(-ALMOST);
          expect(endOf(span)).toBeLessThanOrEqual(1 + ALMOST);
        }
        for (const bar of bars) expect(bar.width * lengthMs).toBeCloseTo(bar.call.tookMs, 5);
        const moments = ticks.map(({ ms }) => ms);
        expect(moments.length).toBeLessThanOrEqual(4);
        expect(moments).toEqual([...new Set(moments)].sort((one, other) => one - other));
        expect(moments.every((ms) => Number.isInteger(ms))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('draws a known one: two calls at once, one after them, and the wait before it', () => {
    const drawn = layOut({
      calls: [
        { api: 'REST', what: 'a', askedMs: 0, waitedMs: 0, tookMs: 100, status: 200 },
        { api: 'REST', what: 'b', askedMs: 0, waitedMs: 50, tookMs: 100, status: 200 },
        { api: 'DISCOVERY', what: 'c', askedMs: 50, waitedMs: 100, tookMs: 50, status: null },
      ],
      waits: [{ fromMs: 50, toMs: 150 }],
      leftOut: 0,
    });
    expect(drawn.lengthMs).toBe(200);
    expect(
      drawn.apis.map(({ api, lanes }) => [api, lanes.map((lane) => lane.map(({ left, width }) => [left, width]))]),
    ).toEqual([
      ['REST', [[[0, 0.5]], [[0.25, 0.5]]]],
      ['DISCOVERY', [[[0.75, 0.25]]]],
    ]);
    expect(drawn.waits).toEqual([{ left: 0.25, width: 0.5 }]);
    expect(drawn.ticks.map(({ ms }) => ms)).toEqual([0, 100, 200]);
  });

  it('is what the gateway sends', () => {
    // A type: what the explorer reads is there, and of its kind.
    const read: (sent: GatewayTimeline) => Timeline = (sent) => sent;
    expect(read({ calls: [], waits: [], leftOut: 0 })).toEqual({ calls: [], waits: [], leftOut: 0 });
  });
});

function isUnderWay({ call: { askedMs, waitedMs, tookMs } }: Bar, at: number): boolean {
  const from = askedMs + waitedMs;
  return from <= at && at < Math.max(from + tookMs, from + 1);
}
