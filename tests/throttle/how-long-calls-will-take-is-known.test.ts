import fc from 'fast-check';
import { COMMON_LANE, type Caller, type Lane } from '../../src/throttle/lane.ts';
import { partyOf } from '../../src/throttle/party.ts';
import type { RateWindow } from '../../src/throttle/rate-window.ts';
import { secondsFor, type Standing } from '../../src/throttle/seconds-for.ts';
import { Calls, numbers } from '../support/throttle-calls.ts';

const window = fc.record({ limit: fc.integer({ min: 1, max: 8 }), lengthMs: fc.integer({ min: 1, max: 400 }) });

// Weights that add up: where a third of a turn is rounded, turns of two callers that fall together may go either way.
const callers: readonly Caller[] = [1, 2, 4].map((weight) => ({ name: `of weight ${weight}`, weight }));
const caller = fc.constantFrom(...callers);

interface Earlier {
  /** Milliseconds after the ones before. */
  readonly after: number;
  readonly calls: number;
  readonly caller: Caller;
  readonly isNewLane: boolean;
  readonly isBackground: boolean;
}

/** Calls that have been asked for before. */
const earlier: fc.Arbitrary<Earlier[]> = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 60 }),
    calls: fc.integer({ min: 1, max: 6 }),
    caller,
    isNewLane: fc.boolean(),
    isBackground: fc.boolean(),
  }),
  { maxLength: 8 },
);

const laneOf = (owner: Caller): Lane => ({ caller: owner, deadline: Infinity });

describe('how long calls will take', () => {
  it('is until the throttle lets the last of them go, whatever the windows hold, whoever waits, and with a pause', async () => {
    let waited = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(window, { minLength: 1, maxLength: 3 }),
        earlier,
        fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 3 }),
        fc.record({
          calls: fc.integer({ min: 1, max: 40 }),
          caller,
          own: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
        }),
        async (windows, before, pauseSeconds, asked) => {
          const { calls, lanes } = await busy(windows, before, pauseSeconds);
          // One of those that the caller's calls wait in, or one that is new.
          const lane = lanes.get(asked.caller)?.at(asked.own ?? Infinity) ?? laneOf(asked.caller);
          const told = calls.throttle.secondsFor(asked.calls, lane);

          const from = calls.clock.elapsed;
          const party = partyOf(lane);
          for (const each of numbers(asked.calls)) calls.run(`ours ${each}`, 0, { party });
          await calls.clock.runUntilIdle();

          const starts = calls.started.filter(([name]) => String(name).startsWith('ours')).map(([, at]) => at - from);
          expect(starts).toHaveLength(asked.calls);
          expect(told).toBe(Math.max(...starts) / 1_000);
          if (told > 0) waited++;
        },
      ),
      { numRuns: 1_500 },
    );
    // Else nothing would have been put to the test.
    expect(waited).toBeGreaterThan(500);
  });

  it('is nothing for no calls, even in a pause', () => {
    const calls = new Calls();
    calls.throttle.refused('20');
    expect(calls.throttle.secondsFor(0, COMMON_LANE)).toBe(0);
    expect(calls.throttle.secondsFor(1, COMMON_LANE)).toBe(20);
  });

  it('takes slots that are in hand for calls that can go at once', () => {
    const standing: Standing = {
      windows: [{ limit: 4, lengthMs: 1_000 }],
      stamps: [0, 0, 0, 0],
      inHand: 3,
      notBefore: 0,
      others: 1,
      now: 0,
    };
    expect([1, 2, 3, 6, 7].map((calls) => secondsFor(calls, standing))).toEqual([0, 0, 1, 1, 2]);
  });

  it('can be told of more calls than anybody will ever make', () => {
    const windows = [
      { limit: 40, lengthMs: 10_000 },
      { limit: 200, lengthMs: 60_000 },
    ];
    const standing: Standing = { windows, stamps: [], inHand: 0, notBefore: 0, others: 0, now: 0 };
    // Five rounds of forty, and then the larger window is full until a minute is over.
    expect(secondsFor(200, standing)).toBe(40);
    expect(secondsFor(201, standing)).toBe(60);
    expect(secondsFor(1_000, standing)).toBe(4 * 60 + 40);
    const most = secondsFor(Number.MAX_SAFE_INTEGER, standing);
    expect(most / (Number.MAX_SAFE_INTEGER / 200) / 60).toBeCloseTo(1, 3);
  });
});

/** A throttle that has been at work for a while: some of its calls have been made, and some wait. */
async function busy(windows: readonly RateWindow[], before: readonly Earlier[], pauseSeconds: number | undefined) {
  const calls = new Calls({ windows, longestPauseMs: 100_000 });
  const lanes = new Map<Caller, Lane[]>();
  for (const [place, { after, calls: count, caller: owner, isNewLane, isBackground }] of before.entries()) {
    await calls.clock.advance(after);
    const known = lanes.get(owner) ?? [];
    const lane = (isNewLane ? undefined : known.at(-1)) ?? laneOf(owner);
    if (!known.includes(lane)) lanes.set(owner, [...known, lane]);
    const claim = { party: partyOf(lane), priority: () => (isBackground ? 'background' : 'person') } as const;
    for (const each of numbers(count)) calls.run(`before ${place} ${each}`, 0, claim);
  }
  await calls.clock.advance(0);
  if (pauseSeconds !== undefined) calls.throttle.refused(String(pauseSeconds));
  return { calls, lanes };
}
