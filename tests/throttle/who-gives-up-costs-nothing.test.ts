import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { promisify } from 'node:util';
import { Calls, numbers } from '../support/throttle-calls.ts';

const GONE = new Error('the caller hung up');

it('leaves the queue at once, with the reason, and is not counted', async () => {
  const calls = new Calls({ windows: [{ limit: 1, lengthMs: 1_000 }] });
  calls.run('first', 0);
  const controller = new AbortController();
  calls.run('gone', 0, { signal: controller.signal });
  calls.run('last', 0);
  await calls.clock.advance(500);
  controller.abort(GONE);
  expect(calls.throttle.state().queued).toBe(1);
  await calls.clock.advance(0);
  expect(calls.failed.get('gone')).toBe(GONE);
  await calls.clock.runUntilIdle();
  expect(calls.started).toEqual([
    ['first', 0],
    ['last', 1_000],
  ]);
});

it('lets the next one go in the same millisecond when it was at the head', async () => {
  const calls = new Calls({ concurrency: 1 });
  const controllers = numbers(3).map(() => new AbortController());
  calls.ask('running');
  for (const [name, { signal }] of controllers.entries()) calls.ask(name, { signal });
  await calls.clock.advance(10);
  controllers[0]?.abort(GONE);
  calls.release('running');
  await calls.clock.advance(0);
  expect(calls.started).toEqual([
    ['running', 0],
    [1, 10],
  ]);
});

it('never starts when it had given up before it asked', async () => {
  const calls = new Calls();
  calls.ask('gone', { signal: AbortSignal.abort(GONE) });
  await calls.clock.advance(0);
  expect(calls.failed.get('gone')).toBe(GONE);
  expect(calls.throttle.state()).toMatchObject({ queued: 0, running: 0, remaining: 40 });
});

it('gives up from the places of those who come back, too', async () => {
  const calls = new Calls({ concurrency: 1 });
  const ticket = calls.ask('first');
  calls.ask('second');
  await calls.clock.advance(0);
  const controller = new AbortController();
  calls.ask('first again', { signal: controller.signal, ticket });
  expect(calls.throttle.state().queued).toBe(2);
  controller.abort(GONE);
  expect(calls.throttle.state().queued).toBe(1);
  calls.release('first');
  await calls.clock.advance(0);
  expect(calls.names).toEqual(['first', 'second']);
});

it('does not end a call that has started', async () => {
  const calls = new Calls();
  const controller = new AbortController();
  calls.ask('running', { signal: controller.signal });
  await calls.clock.advance(0);
  controller.abort(GONE);
  await calls.clock.advance(0);
  expect(calls.failed.size).toBe(0);
  expect(calls.throttle.state()).toMatchObject({ running: 1, remaining: 39 });
});

it('names an abort when the reason is no error', async () => {
  const calls = new Calls({ concurrency: 1 });
  calls.ask('running');
  const controller = new AbortController();
  calls.ask('gone', { signal: controller.signal });
  controller.abort('because');
  await calls.clock.advance(0);
  expect(calls.failed.get('gone')).toMatchObject({ name: 'AbortError' });
});

it.each(['one signal each', 'one signal for all'])('leaves nothing behind after 10,000, with %s', async (kind) => {
  const calls = new Calls({ concurrency: 1 });
  calls.ask('running');
  const shared = new AbortController();
  const controllers = numbers(10_000).map(() => (kind === 'one signal for all' ? shared : new AbortController()));
  const tickets = controllers.map(() => calls.throttle.takeTicket());
  for (const [name, { signal }] of controllers.entries()) calls.ask(name, { signal, ticket: tickets[name] ?? -1 });
  expect(calls.throttle.state().queued).toBe(10_000);
  // Most callers leave in the order they came, but not all.
  for (const controller of [...controllers.slice(5_000), ...controllers.slice(0, 5_000)]) controller.abort(GONE);
  expect(calls.throttle.state()).toMatchObject({ queued: 0, running: 1, remaining: 39 });
  await calls.clock.advance(0);
  expect(calls.failed.size).toBe(10_000);
  for (const { signal } of controllers) expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  calls.ask('next');
  calls.release('running');
  await calls.clock.runUntilIdle();
  expect(calls.names).toEqual(['running', 'next']);
});

it('may wait on one signal in any number, without Node warning of a leak', async () => {
  // In a process of its own: Node warns once, on stderr, where a test cannot listen.
  const program = `
    import { systemClock } from './src/throttle/clock.ts';
    import { LocalBudget } from './src/throttle/local-budget.ts';
    import { Throttle } from './src/throttle/throttle.ts';
    const windows = [{ limit: 1, lengthMs: 1000 }];
    const clock = systemClock;
    const throttle = new Throttle({ windows, budget: new LocalBudget({ windows, clock }), concurrency: 1, clock });
    const controller = new AbortController();
    const calls = Array.from({ length: 300 }, () => throttle.acquire({ signal: controller.signal }));
    controller.abort();
    console.log((await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected').length);
  `;
  const child = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    '--input-type=module',
    '--eval',
    program,
  ]);
  expect(child).toEqual({ stdout: '299\n', stderr: '' });
});

it.each(['granted', 'refused'] as const)('takes its listener away when it is %s', async (end) => {
  const calls = new Calls({ concurrency: end === 'granted' ? 1_000 : 1, windows: [{ limit: 500, lengthMs: 1_000 }] });
  if (end === 'refused') calls.ask('running');
  const { signal } = new AbortController();
  for (const name of numbers(300)) calls.ask(name, { signal });
  if (end === 'refused') calls.throttle.refused('3600');
  await calls.clock.advance(0);
  expect(end === 'granted' ? calls.started : [...calls.failed]).toHaveLength(300);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
