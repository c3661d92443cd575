import { MOST_RETRIES } from '../../src/mode/retry-policy.ts';
import type { FaultKind } from '../../src/simulator/index.ts';
import { failure, moveInto, openHouse, type House } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse({ http: { timeoutMs: 25_000 } });
});
afterAll(() => house.mode.close());
beforeEach(() => {
  house.mode.faults.clear();
  house.mode.ledger.clear();
  house.told.length = 0;
});

const KINDS: [FaultKind, string, number | undefined][] = [
  ['status500', 'UPSTREAM_UNAVAILABLE', 500],
  ['html502', 'UPSTREAM_UNAVAILABLE', 502],
  ['reset', 'UPSTREAM_UNAVAILABLE', undefined],
  ['truncated', 'UPSTREAM_UNAVAILABLE', 200],
  ['slow', 'UPSTREAM_TIMEOUT', undefined],
];

it.each(KINDS)('%s that stays is tried 1 + MOST_RETRIES times and told as %s', async (kind, code, status) => {
  house.mode.faults.inject({ match: 'memberships', kind, delayMs: 10_000_000 });
  const error = await failure(house.rest.listMembers(house.context));
  expect(house.mode.ledger.entries).toHaveLength(1 + MOST_RETRIES);
  expect(error).toMatchObject({
    code,
    details: { api: 'REST', endpoint: '/memberships/lite', retryable: true },
  });
  expect(house.told.map((call) => call.status)).toEqual([status, status, status]);
  expect(house.throttle.state()).toMatchObject({ queued: 0, running: 0 });
});

it.each(KINDS)('%s that passes is tried twice and answered', async (kind) => {
  house.mode.faults.inject({ match: 'memberships', kind, times: 1, delayMs: 10_000_000 });
  const members = await house.rest.listMembers(house.context);
  expect(members.map((row) => row.username)).toEqual(house.mode.world.members.map((row) => row.username));
  expect(house.mode.ledger.entries).toHaveLength(2);
  expect(house.told).toHaveLength(2);
});

it('retries go through the throttle', async () => {
  const windows = [{ limit: 2, lengthMs: 10_000 }];
  const slow = moveInto(house.mode, house.clock, { throttle: { windows } });
  house.mode.faults.inject({ match: 'memberships', kind: 'status500', times: 2 });
  await slow.rest.listMembers(slow.context);
  const [one, , three] = house.mode.ledger.entries;
  expect(house.mode.ledger.entries).toHaveLength(3);
  expect((three?.at ?? 0) - (one?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
  expect(house.mode.ledger.maxInWindow(10_000)).toBe(2);
});

it('a wait for the throttle does not eat the timeout', async () => {
  // Half a second of real time is 25 s on this clock; the second call waits longer than that.
  const windows = [{ limit: 1, lengthMs: 40_000 }];
  const slow = moveInto(house.mode, house.clock, { throttle: { windows }, http: { timeoutMs: 25_000 } });
  await Promise.all([slow.rest.verify(slow.context), slow.rest.listMembers(slow.context)]);
  expect(slow.told.map((call) => call.status)).toEqual([200, 200]);
  expect(slow.told[1]?.waitedMs).toBeGreaterThan(25_000);
  expect(house.mode.ledger.entries).toHaveLength(2);
});
