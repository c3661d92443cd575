import { BudgetExhaustedError } from '../../src/throttle/budget-exhausted-error.ts';
import { EVERYBODY, type Lane } from '../../src/throttle/lane.ts';
import { partyOf } from '../../src/throttle/party.ts';
import { Calls, numbers } from '../support/throttle-calls.ts';

const until = (calls: Calls, ms: number): Lane => ({ caller: EVERYBODY, deadline: calls.clock.now() + ms });

it('of a thousand reads with 25 seconds, those that fit go, and the others hear of it in the same millisecond', async () => {
  const calls = new Calls();
  const party = partyOf(until(calls, 25_000));
  for (const each of numbers(1_000)) calls.run(each, 0, { party });
  await calls.clock.advance(0);
  // 40 at once, 40 after ten seconds, and 40 after twenty.
  expect(calls.failed.size).toBe(880);
  for (const error of calls.failed.values()) {
    expect(error).toBeInstanceOf(BudgetExhaustedError);
    expect(error).toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED', details: { retryable: true, retryAfter: 30 } });
  }
  await calls.clock.runUntilIdle();
  expect(calls.started).toHaveLength(120);
  expect(Math.max(...calls.started.map(([, at]) => at))).toBe(20_000);
  expect(calls.throttle.state()).toMatchObject({ queued: 0, running: 0 });
});

it('takes a call that can start in the very millisecond of the deadline', async () => {
  const calls = new Calls({ windows: [{ limit: 1, lengthMs: 1_000 }] });
  calls.run('first', 0);
  calls.run('just in time', 0, { party: partyOf(until(calls, 1_000)) });
  calls.run('too late', 0, { party: partyOf(until(calls, 1_000)) });
  await calls.clock.runUntilIdle();
  expect(calls.started).toEqual([
    ['first', 0],
    ['just in time', 1_000],
  ]);
  expect(calls.failed.get('too late')).toMatchObject({ retryAfter: 2 });
});

it('refuses nobody for calls that are abandoned before their turn', async () => {
  const calls = new Calls({ windows: [{ limit: 1, lengthMs: 1_000 }] });
  calls.run('first', 0);
  const controller = new AbortController();
  for (const each of numbers(20)) calls.run(`gone ${each}`, 0, { signal: controller.signal });
  controller.abort(new Error('gone'));
  calls.run('small', 0, { party: partyOf(until(calls, 1_500)) });
  await calls.clock.runUntilIdle();
  expect(calls.started.at(-1)).toEqual(['small', 1_000]);
});

it('refuses who was in time, as soon as Mode asks for a pause that outlasts them', async () => {
  const calls = new Calls({ concurrency: 1 });
  calls.ask('running');
  calls.ask('waiting', { party: partyOf(until(calls, 5_000)) });
  calls.ask('patient', { party: partyOf(until(calls, 60_000)) });
  await calls.clock.advance(100);
  calls.throttle.refused('20');
  calls.release('running');
  await calls.clock.advance(0);
  expect(calls.failed.get('waiting')).toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED', retryAfter: 20 });
  await calls.clock.advance(20_000);
  expect(calls.names).toEqual(['running', 'patient']);
});

it('lets a call live that somebody with more time waits for too', async () => {
  const calls = new Calls({ windows: [{ limit: 1, lengthMs: 10_000 }] });
  calls.run('first', 0);
  calls.run('shared', 0, { party: partyOf(until(calls, 1_000), until(calls, 30_000)) });
  await calls.clock.runUntilIdle();
  expect(calls.started).toEqual([
    ['first', 0],
    ['shared', 10_000],
  ]);
});

it('counts on the turns of others: who comes after 200 single questions of 30 seconds each is refused by 40 a window', async () => {
  const calls = new Calls();
  const party = () => partyOf(until(calls, 30_000));
  for (const each of numbers(200)) calls.run(each, 0, { party: party() });
  await calls.clock.runUntilIdle();
  // At 0, 10, 20 and 30 seconds.
  expect(calls.started).toHaveLength(160);
  expect(calls.failed.size).toBe(40);
});

it('says what a newcomer would wait', async () => {
  const calls = new Calls();
  expect(calls.throttle.state().estimatedWaitMs).toBe(0);
  for (const each of numbers(100)) calls.run(each, 0);
  await calls.clock.advance(1_000);
  // 60 are waiting: 40 of them go in nine seconds, and behind the other 20 there is room in nineteen.
  expect(calls.throttle.state()).toMatchObject({ queued: 60, estimatedWaitMs: 19_000 });
});
