import { Calls, numbers } from '../support/throttle-calls.ts';

it('lets a burst of 30 go in the same millisecond, before the first of them is answered', async () => {
  const calls = new Calls();
  for (const name of numbers(30)) calls.run(name, 120);
  await calls.clock.advance(0);
  expect(calls.started).toEqual(numbers(30).map((name) => [name, 0]));
  await calls.clock.runUntilIdle();
  expect(calls.clock.elapsed).toBe(120);
});

it('lets the rest of a burst go as connections free up, and paces nothing', async () => {
  const calls = new Calls({ concurrency: 4 });
  for (const name of numbers(30)) calls.run(name, 120);
  await calls.clock.runUntilIdle();
  expect(calls.started).toEqual(numbers(30).map((name) => [name, Math.floor(name / 4) * 120]));
});

it('makes the 41st wait until the first has left the window, to the millisecond', async () => {
  const calls = new Calls();
  calls.run(0, 250);
  await calls.clock.advance(300);
  for (const name of numbers(41).slice(1)) calls.run(name, 80);
  await calls.clock.runUntilIdle();
  expect(calls.started.slice(0, 40)).toEqual(numbers(40).map((name) => [name, name === 0 ? 0 : 300]));
  expect(calls.started[40]).toEqual([40, 10_250]);
});

it('holds the 41st a millisecond before that', async () => {
  const calls = new Calls();
  for (const name of numbers(41)) calls.run(name, 100);
  await calls.clock.advance(10_099);
  expect(calls.started).toHaveLength(40);
  await calls.clock.advance(1);
  expect(calls.started[40]).toEqual([40, 10_100]);
});

it('counts a call that is slow to answer no later than it can have arrived', async () => {
  const calls = new Calls({ windows: [{ limit: 1, lengthMs: 10_000 }], transitMs: 1_000 });
  calls.run('slow', 60_000);
  calls.run('next', 0);
  await calls.clock.runUntilIdle();
  expect(calls.started).toEqual([
    ['slow', 0],
    ['next', 11_000],
  ]);
});

it('counts a call that has not settled as the latest there is', async () => {
  const calls = new Calls({ windows: [{ limit: 1, lengthMs: 100 }], transitMs: 50 });
  calls.ask('first');
  calls.ask('second');
  await calls.clock.advance(20);
  calls.permit('first').settle();
  await calls.clock.runUntilIdle();
  expect(calls.started[1]).toEqual(['second', 120]);
});

it('frees the connection at the release and not when the answer begins', async () => {
  const calls = new Calls({ concurrency: 1 });
  calls.ask('first');
  calls.ask('second');
  await calls.clock.advance(5);
  calls.permit('first').settle();
  await calls.clock.advance(5);
  expect(calls.throttle.state()).toMatchObject({ running: 1, queued: 1 });
  calls.release('first');
  await calls.clock.runUntilIdle();
  expect(calls.started[1]).toEqual(['second', 10]);
});

it('keeps to the tightest of several windows', async () => {
  const calls = new Calls({
    windows: [
      { limit: 3, lengthMs: 100 },
      { limit: 5, lengthMs: 1_000 },
    ],
  });
  for (const name of numbers(9)) calls.run(name, 0);
  await calls.clock.runUntilIdle();
  expect(calls.started.map(([, at]) => at)).toEqual([0, 0, 0, 100, 100, 1_000, 1_000, 1_000, 1_100]);
});

it('counts a permit that is released twice once', async () => {
  const calls = new Calls({ concurrency: 2 });
  for (const name of numbers(5)) calls.ask(name);
  await calls.clock.advance(0);
  calls.release(0, 0, 0);
  calls.permit(0).settle();
  await calls.clock.advance(0);
  expect(calls.names).toEqual([0, 1, 2]);
  expect(calls.throttle.state()).toMatchObject({ running: 2, queued: 2, remaining: 37 });
});

it('says what is left', async () => {
  const calls = new Calls({ concurrency: 3 });
  expect(calls.throttle.state()).toMatchObject({ limit: 40, remaining: 40, queued: 0, running: 0 });
  for (const name of numbers(5)) calls.run(name, 10);
  await calls.clock.advance(0);
  expect(calls.throttle.state()).toMatchObject({ remaining: 37, queued: 2, running: 3 });
  await calls.clock.runUntilIdle();
  expect(calls.throttle.state()).toMatchObject({ remaining: 35, queued: 0, running: 0 });
  await calls.clock.advance(10_000);
  expect(calls.throttle.state().remaining).toBe(40);
});

it('leaves no timer behind', async () => {
  const calls = new Calls();
  for (const name of numbers(100)) calls.run(name, 10);
  await calls.clock.runUntilIdle();
  expect(calls.started).toHaveLength(100);
  expect(calls.clock.waiting).toBe(0);
});
