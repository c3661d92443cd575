import fc from 'fast-check';
import { Calls, numbers } from '../support/throttle-calls.ts';

/** What Mode says at this moment. */
const told = ({ clock }: Calls, remaining: number, limit?: number) => ({ remaining, limit, at: clock.now() });

it('believes Mode when it says that fewer remain: others use the credential too', async () => {
  const calls = new Calls();
  for (const each of numbers(5)) calls.run(each, 0);
  await calls.clock.advance(0);
  expect(calls.throttle.state().remaining).toBe(35);
  calls.throttle.answered(told(calls, 10, 40));
  expect(calls.throttle.state().remaining).toBe(10);
  for (const each of numbers(20)) calls.run(`more ${each}`, 0);
  await calls.clock.advance(9_999);
  expect(calls.started).toHaveLength(15);
  await calls.clock.runUntilIdle();
  expect(calls.started).toHaveLength(25);
});

it('never believes that more remain than it knows to', () => {
  const calls = new Calls();
  for (const each of numbers(5)) calls.run(each, 0);
  calls.throttle.answered(told(calls, 40, 40));
  calls.throttle.answered(told(calls, 1_000, 2_000));
  expect(calls.throttle.state().remaining).toBe(35);
});

it('counts what is said again only once, and what is under way as counted', async () => {
  const calls = new Calls();
  for (const each of numbers(4)) calls.ask(each);
  await calls.clock.advance(0);
  // Mode had counted one of ours and nobody else's: three are still on their way.
  calls.throttle.answered(told(calls, 39, 40));
  expect(calls.throttle.state().remaining).toBe(36);
  for (const _ of numbers(5)) calls.throttle.answered(told(calls, 30, 40));
  expect(calls.throttle.state().remaining).toBe(30);
});

it('takes it as said when the call was sent: what has left the window since was in it', async () => {
  const calls = new Calls();
  for (const each of numbers(40)) calls.run(each, 0);
  await calls.clock.advance(10_000);
  calls.ask('slow');
  await calls.clock.advance(0);
  // Mode had counted it when the other forty were leaving: none remained. Its answer takes five seconds.
  const said = told(calls, 0, 40);
  await calls.clock.advance(5_000);
  calls.throttle.answered({ ...said, at: said.at - 1 });
  expect(calls.throttle.state().remaining).toBe(39);
});

it('takes it as said of the window of the same limit, and otherwise of the tightest', () => {
  const windows = [
    { limit: 40, lengthMs: 10_000 },
    { limit: 200, lengthMs: 60_000 },
  ];
  const calls = new Calls({ windows });
  calls.throttle.answered(told(calls, 150, 200));
  // Fifty others: more than the short window holds.
  expect(calls.throttle.state().remaining).toBe(0);
  const others = new Calls({ windows });
  others.throttle.answered(told(others, 30, 60));
  expect(others.throttle.state().remaining).toBe(30);
});

it('whatever it says, a count goes down only, and comes back when a window has passed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ remaining: fc.nat(60), limit: fc.option(fc.nat(60), { nil: undefined }) }), {
        maxLength: 20,
      }),
      async (said) => {
        const calls = new Calls();
        for (const { remaining, limit } of said) {
          const before = calls.throttle.state().remaining;
          calls.throttle.answered(told(calls, remaining, limit));
          const after = calls.throttle.state().remaining;
          expect(after).toBe(Math.min(before, remaining));
        }
        await calls.clock.advance(10_000);
        expect(calls.throttle.state().remaining).toBe(40);
      },
    ),
    { numRuns: 500 },
  );
});

describe('connections', () => {
  it('are halved by a refusal, once for all that were under way together, and come back one in forty answers', async () => {
    const calls = new Calls({ concurrency: 4 });
    for (const each of numbers(4)) calls.ask(each);
    await calls.clock.advance(0);
    for (const _ of numbers(4)) calls.throttle.refused('2');
    expect(calls.throttle.state().concurrency).toBe(2);
    await calls.clock.advance(2_000);
    calls.throttle.refused(null);
    expect(calls.throttle.state().concurrency).toBe(1);
    await calls.clock.advance(10_000);
    calls.throttle.refused(null);
    expect(calls.throttle.state().concurrency).toBe(1);
    for (const _ of numbers(39)) calls.throttle.answered();
    expect(calls.throttle.state().concurrency).toBe(1);
    calls.throttle.answered();
    expect(calls.throttle.state().concurrency).toBe(2);
    for (const _ of numbers(500)) calls.throttle.answered();
    expect(calls.throttle.state().concurrency).toBe(4);
  });

  it('are as many as there may be just now', async () => {
    const calls = new Calls({ concurrency: 8 });
    calls.throttle.refused('1');
    for (const each of numbers(20)) calls.ask(each);
    await calls.clock.advance(1_000);
    expect(calls.throttle.state()).toMatchObject({ running: 4, queued: 16 });
  });
});
