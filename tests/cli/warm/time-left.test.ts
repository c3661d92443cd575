import fc from 'fast-check';
import { timeLeftMs, type Outlook } from '../../../src/cli/warming/time-left.ts';

const START: Outlook = {
  unsent: 0,
  running: 0,
  sentAt: [],
  windows: [{ limit: 30, lengthMs: 10_000 }],
  pausedUntil: 0,
  concurrency: 3,
  callMs: 100,
  now: 1_000_000,
};

/** The same by letting one call after the other go, each as soon as there is room in every window and a free hand. */
function playedOut({ unsent, running, sentAt, windows, pausedUntil, concurrency, callMs, now }: Outlook): number {
  const sent = [...sentAt];
  const ends = Array.from({ length: running }, () => now + callMs);
  let time = Math.max(now, unsent > 0 ? pausedUntil : now);
  for (let call = 0; call < unsent; call++) {
    const hasRoom = (at: number): boolean =>
      windows.every(
        ({ limit, lengthMs }) => sent.filter((each) => each <= at && each + lengthMs > at).length < limit,
      ) && ends.filter((end) => end > at).length < concurrency;
    while (!hasRoom(time)) time += 1;
    sent.push(time);
    ends.push(time + callMs);
  }
  return Math.max(now, ...ends) - now;
}

describe('the time that is left', () => {
  it.each<[string, Partial<Outlook>, number]>([
    ['is none when all is read', {}, 0],
    ['is one call long for what fits at once', { unsent: 3 }, 100],
    ['is the turns that connections take while the window has room', { unsent: 9 }, 300],
    [
      'waits for the window to be free of those sent before',
      { unsent: 1, sentAt: Array<number>(30).fill(999_000) },
      9_100,
    ],
    ['waits a window for each that is full', { unsent: 61 }, 20_100],
    ['waits for a pause to be over', { unsent: 1, pausedUntil: 1_060_000 }, 60_100],
    ['does not count a pause when everything was sent', { running: 2, pausedUntil: 1_060_000 }, 100],
  ])('%s', (_what, outlook, ms) => {
    expect(timeLeftMs({ ...START, ...outlook })).toBe(ms);
  });

  it('is what it takes to let them go one by one, or less by no more than a call and its turns', () => {
    const outlooks = fc.record({
      unsent: fc.nat(40),
      running: fc.nat(3),
      sentAt: fc
        .array(fc.integer({ min: 0, max: 199 }), { maxLength: 12 })
        .map((ages) => ages.map((age) => 10_000 - age)),
      windows: fc.constant([{ limit: 12, lengthMs: 200 }]),
      pausedUntil: fc.integer({ min: 9_900, max: 10_300 }),
      concurrency: fc.constant(3),
      callMs: fc.integer({ min: 1, max: 60 }),
      now: fc.constant(10_000),
    });
    fc.assert(
      fc.property(outlooks, (outlook) => {
        const told = timeLeftMs(outlook);
        const played = playedOut(outlook);
        expect(told).toBeLessThanOrEqual(played + outlook.callMs);
        // The window and the connections together may hold a call up for longer than either alone.
        const turns = Math.ceil((outlook.unsent + outlook.running) / outlook.concurrency) * outlook.callMs;
        expect(told).toBeGreaterThanOrEqual(played - turns - outlook.callMs);
      }),
      { numRuns: 300 },
    );
  });
});
