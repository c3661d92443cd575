import { RateLimitedError } from '../../src/throttle/rate-limited-error.ts';
import { Calls, numbers } from '../support/throttle-calls.ts';

it.each([
  ['no hint', null, 10_000],
  ['seconds', '3', 3_000],
  ['a date', 'Tue, 01 Sep 2026 12:00:30 GMT', 29_950],
  ['a past date', 'Tue, 01 Sep 2026 11:59:00 GMT', 1_000],
  ['zero', '0', 1_000],
  ['garbage', 'in a while', 10_000],
])('after %s (%j) nobody starts for %d ms', async (_, hint, pauseMs) => {
  const calls = new Calls();
  calls.ask('refused');
  await calls.clock.advance(50);
  calls.throttle.refused(hint);
  calls.release('refused');
  for (const name of numbers(5)) calls.ask(name);
  expect(calls.throttle.state()).toMatchObject({ remaining: 0, queued: 5 });
  await calls.clock.advance(pauseMs - 1);
  expect(calls.names).toEqual(['refused']);
  await calls.clock.runUntilIdle();
  expect(calls.started.slice(1)).toEqual(numbers(5).map((name) => [name, 50 + pauseMs]));
});

it('waits for the shortest window when there are several and no hint', async () => {
  const windows = [
    { limit: 200, lengthMs: 60_000 },
    { limit: 40, lengthMs: 10_000 },
  ];
  const calls = new Calls({ windows });
  calls.throttle.refused(null);
  calls.ask('waiting');
  await calls.clock.runUntilIdle();
  expect(calls.started).toEqual([['waiting', 10_000]]);
});

it('never shortens a pause', async () => {
  const calls = new Calls();
  calls.throttle.refused('20');
  calls.throttle.refused('5');
  calls.throttle.refused(null);
  calls.throttle.refused('0');
  calls.ask('waiting');
  await calls.clock.runUntilIdle();
  expect(calls.started).toEqual([['waiting', 20_000]]);
});

it('lengthens a pause when another refusal asks for more', async () => {
  const calls = new Calls();
  calls.throttle.refused('5');
  calls.ask('waiting');
  await calls.clock.advance(4_000);
  calls.throttle.refused('5');
  await calls.clock.runUntilIdle();
  expect(calls.started).toEqual([['waiting', 9_000]]);
});

it('keeps to the window after the pause as well', async () => {
  const calls = new Calls({ windows: [{ limit: 2, lengthMs: 10_000 }] });
  for (const name of numbers(2)) calls.run(name, 0);
  await calls.clock.advance(1);
  calls.throttle.refused('3');
  calls.run('waiting', 0);
  await calls.clock.runUntilIdle();
  expect(calls.started[2]).toEqual(['waiting', 10_000]);
});

describe('a pause longer than anybody waits', () => {
  it('is told to all who wait, at once, with the seconds to wait', async () => {
    const calls = new Calls({ concurrency: 1 });
    calls.ask('running');
    for (const name of numbers(50)) calls.ask(name);
    await calls.clock.advance(7);
    calls.throttle.refused('300');
    await calls.clock.advance(0);
    expect(calls.failed.size).toBe(50);
    for (const error of calls.failed.values()) {
      expect(error).toBeInstanceOf(RateLimitedError);
      expect(error).toMatchObject({
        code: 'UPSTREAM_RATE_LIMITED',
        retryAfter: 300,
        details: { retryable: true, retryAfter: 300 },
      });
    }
    expect(calls.throttle.state()).toMatchObject({ queued: 0, running: 1 });
  });

  it('is told to who comes while it lasts, with what is left of it, and is waited for at its end', async () => {
    const calls = new Calls();
    calls.throttle.refused('100');
    await calls.clock.advance(39_500);
    calls.ask('too early');
    await calls.clock.advance(0);
    expect(calls.failed.get('too early')).toMatchObject({ retryAfter: 61 });
    await calls.clock.advance(500);
    calls.ask('soon enough');
    await calls.clock.runUntilIdle();
    expect(calls.started).toEqual([['soon enough', 100_000]]);
  });

  it('may be set', async () => {
    const calls = new Calls({ longestPauseMs: 5_000 });
    calls.throttle.refused('5');
    calls.ask('waits');
    await calls.clock.advance(0);
    expect(calls.failed.size).toBe(0);
    calls.throttle.refused('6');
    await calls.clock.advance(0);
    expect(calls.failed.get('waits')).toMatchObject({ retryAfter: 6 });
  });

  it('is not for ever, whatever Mode says', async () => {
    const calls = new Calls();
    calls.throttle.refused('9'.repeat(400));
    calls.ask('waiting');
    await calls.clock.runUntilIdle();
    expect(calls.started).toEqual([['waiting', 10_000]]);
  });
});
