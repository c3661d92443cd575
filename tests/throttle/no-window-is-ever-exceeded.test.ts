import fc from 'fast-check';
import { play, worstWindow, type Pattern } from '../support/throttle-server.ts';

const window = fc.record({ limit: fc.integer({ min: 1, max: 5 }), lengthMs: fc.integer({ min: 1, max: 40 }) });

const call = fc.record({
  asksAt: fc.integer({ min: 0, max: 60 }),
  settlesAfter: fc.integer({ min: 0, max: 25 }),
  releasesAfter: fc.integer({ min: 0, max: 10 }),
  givesUpAt: fc.option(fc.integer({ min: 0, max: 120 }), { freq: 4, nil: undefined }),
  refusals: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(null, '0', '2', 'soon'), { minLength: 1, maxLength: 3 }) },
  ),
});

const pattern: fc.Arbitrary<Pattern> = fc.record({
  windows: fc.array(window, { minLength: 1, maxLength: 3 }),
  concurrency: fc.integer({ min: 1, max: 6 }),
  transitMs: fc.integer({ min: 0, max: 20 }),
  calls: fc.array(call, { minLength: 1, maxLength: 12 }),
});

it('whatever is asked whenever, answered however late, refused and given up', async () => {
  await fc.assert(
    fc.asyncProperty(pattern, async (random) => {
      const { arrivals, ends, broken } = await play(random);
      // Order of tickets, concurrency, pauses, and an empty queue in the end.
      expect(broken).toEqual([]);
      for (const { limit, lengthMs } of random.windows) {
        expect(worstWindow(arrivals, lengthMs)).toBeLessThanOrEqual(limit);
      }
      // Nobody is lost: who did not give up is answered.
      for (const [place, { givesUpAt }] of random.calls.entries()) {
        if (givesUpAt === undefined) expect(ends[place]).toBe('answered');
        else expect(ends[place]).not.toBe('lost');
      }
    }),
    { numRuns: 10_000 },
  );
});

describe('the judge of it', () => {
  it('sees calls that could meet, and spares those that could not', () => {
    expect(
      worstWindow(
        [
          { from: 0, to: 5 },
          { from: 14, to: 20 },
        ],
        10,
      ),
    ).toBe(2);
    expect(
      worstWindow(
        [
          { from: 0, to: 5 },
          { from: 15, to: 20 },
        ],
        10,
      ),
    ).toBe(1);
  });

  it('would catch a throttle that took calls for arrived as soon as they left', async () => {
    const calls = [0, 1].map(() => ({
      asksAt: 0,
      settlesAfter: 20,
      releasesAfter: 0,
      givesUpAt: undefined,
      refusals: [],
    }));
    const windows = [{ limit: 1, lengthMs: 30 }];
    const { arrivals } = await play({ windows, concurrency: 2, transitMs: 0, calls });
    const late = arrivals.map(({ from }) => ({ from, to: from + 20 }));
    expect(worstWindow(late, 30)).toBe(2);
    const careful = await play({ windows, concurrency: 2, transitMs: 20, calls });
    expect(worstWindow(careful.arrivals, 30)).toBe(1);
  });
});
