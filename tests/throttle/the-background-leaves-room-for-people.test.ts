import { Calls, numbers } from '../support/throttle-calls.ts';

/** A background call, answered `roundTripMs` after its start: never, when that is left out. */
function inBackground(calls: Calls, name: string, roundTripMs?: number): void {
  void calls.throttle.acquire({ priority: () => 'background' }).then((permit) => {
    calls.started.push([name, calls.clock.elapsed]);
    if (roundTripMs !== undefined) calls.clock.schedule(() => permit.release(), roundTripMs);
  });
}

const of = (calls: Calls, prefix: string) => calls.started.filter(([name]) => String(name).startsWith(prefix));

describe('background calls', () => {
  it('fill three quarters of a window, and a person’s calls start at once', async () => {
    const calls = new Calls();
    for (const each of numbers(60)) inBackground(calls, `background ${each}`, 100);
    await calls.clock.advance(5_000);
    expect(of(calls, 'background')).toHaveLength(30);
    expect(calls.throttle.state()).toMatchObject({ queued: 30, remaining: 10 });

    for (const each of numbers(11)) calls.run(`person ${each}`, 100);
    await calls.clock.advance(0);

    // The whole of what is left is theirs, and no more than that.
    expect(of(calls, 'person')).toEqual(numbers(10).map((each) => [`person ${each}`, 5_000]));
  });

  it('fill three quarters of the connections, and a person’s call starts at once', async () => {
    const calls = new Calls({ concurrency: 4 });
    for (const each of numbers(10)) inBackground(calls, `background ${each}`);
    await calls.clock.advance(0);
    expect(calls.throttle.state()).toMatchObject({ running: 3, queued: 7 });

    calls.ask('person 1');
    calls.ask('person 2');
    await calls.clock.advance(0);
    expect(of(calls, 'person')).toEqual([['person 1', 0]]);

    // Their connection is not the background's when they are done.
    calls.release('person 1');
    await calls.clock.advance(0);
    expect(of(calls, 'person')).toHaveLength(2);
    calls.release('person 2');
    await calls.clock.advance(0);
    expect(of(calls, 'background')).toHaveLength(3);
  });

  it('fill three quarters of each of several windows', async () => {
    const calls = new Calls({
      windows: [
        { limit: 40, lengthMs: 10_000 },
        { limit: 80, lengthMs: 60_000 },
      ],
    });
    for (const each of numbers(200)) inBackground(calls, `background ${each}`, 0);
    await calls.clock.advance(55_000);
    expect(of(calls, 'background')).toHaveLength(60);
    // As many as go before it is the background's turn again.
    for (const each of numbers(19)) calls.run(`person ${each}`, 0);
    await calls.clock.advance(0);
    expect(of(calls, 'person')).toHaveLength(19);
  });

  it('come when a window moves on, however long people fill it', async () => {
    const calls = new Calls();
    for (const each of numbers(40)) calls.run(`person ${each}`, 100);
    inBackground(calls, 'background', 100);
    await calls.clock.runUntilIdle();
    expect(of(calls, 'person')).toHaveLength(40);
    expect(of(calls, 'background')).toHaveLength(1);
  });

  it.each([
    { limit: 40, concurrency: 4 },
    { limit: 40, concurrency: 1 },
    { limit: 1, concurrency: 1 },
    { limit: 2, concurrency: 3 },
  ])('alone all get done (%j)', async ({ limit, concurrency }) => {
    const calls = new Calls({ windows: [{ limit, lengthMs: 10_000 }], concurrency });
    for (const each of numbers(100)) inBackground(calls, `background ${each}`, 100);
    await calls.clock.runUntilIdle();
    expect(calls.names).toEqual(numbers(100).map((each) => `background ${each}`));
    expect(calls.throttle.state()).toMatchObject({ running: 0, queued: 0 });
  });
});

it('starts what has become a person’s wish at once', async () => {
  const calls = new Calls({ concurrency: 64 });
  let priority: 'person' | 'background' = 'background';
  let started = 0;
  for (const _ of numbers(40)) void calls.throttle.acquire({ priority: () => priority }).then(() => started++);
  await calls.clock.advance(0);
  expect(started).toBe(30);
  priority = 'person';
  calls.throttle.reconsider();
  await calls.clock.advance(0);
  expect(started).toBe(40);
});
