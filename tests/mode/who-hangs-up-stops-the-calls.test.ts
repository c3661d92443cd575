import { failure, moveInto, openHouse, until, type House } from './house.ts';

let house: House;
const GONE = new Error('the caller hung up');

beforeEach(async () => {
  house = await openHouse({ throttle: { concurrency: 1 } });
});
afterEach(() => house.mode.close());

it('makes no call for who gives up in the queue', async () => {
  house.mode.faults.inject({ match: 'memberships', kind: 'slow', delayMs: 5_000 });
  const running = house.rest.listMembers(house.context);
  await until(() => house.mode.ledger.entries.length === 1);
  const controller = new AbortController();
  const gone = failure(house.rest.verify({ ...house.context, signal: controller.signal }));
  await until(() => house.throttle.state().queued === 1);
  controller.abort(GONE);
  expect(await gone).toBe(GONE);
  expect(house.throttle.state().queued).toBe(0);
  await running;
  expect(house.mode.ledger.entries.map(({ path }) => path)).toEqual(['/api/acme/memberships/lite']);
  expect(house.told).toHaveLength(1);
});

it('makes no call for who gave up before asking', async () => {
  expect(await failure(house.rest.verify({ signal: AbortSignal.abort(GONE) }))).toBe(GONE);
  expect(house.mode.ledger.entries).toEqual([]);
  expect(house.throttle.state()).toMatchObject({ queued: 0, running: 0 });
});

it('cuts the call that is under way, and lets the next one go', async () => {
  house.mode.faults.inject({ match: 'memberships', kind: 'slow', delayMs: 10_000_000 });
  const controller = new AbortController();
  const gone = failure(house.rest.listMembers({ ...house.context, signal: controller.signal }));
  await until(() => house.mode.ledger.entries.length === 1);
  const next = house.rest.verify(house.context);
  controller.abort(GONE);
  expect(await gone).toBe(GONE);
  expect((await next).workspace).toBe('acme');
  await until(() => house.mode.ledger.entries[0]?.aborted === true);
  expect(house.mode.ledger.entries.map(({ status }) => status)).toEqual([499, 200]);
  expect(house.throttle.state()).toMatchObject({ queued: 0, running: 0 });
});

it('does not repeat a call for who gives up between two attempts', async () => {
  house.mode.faults.inject({ match: 'memberships', kind: 'status500' });
  const controller = new AbortController();
  const gone = failure(house.rest.listMembers({ ...house.context, signal: controller.signal }));
  await until(() => house.throttle.state().running === 0 && house.mode.ledger.entries[0]?.status === 500);
  controller.abort(GONE);
  expect(await gone).toBe(GONE);
  expect(house.mode.ledger.entries).toHaveLength(1);
});

it('does not wait out a pause for who gives up in it', async () => {
  house.mode.behaviour.refuseEverythingUntil = Infinity;
  const controller = new AbortController();
  const gone = failure(house.rest.listMembers({ ...house.context, signal: controller.signal }));
  await until(() => house.throttle.state().pausedUntil > 0 && house.throttle.state().queued === 1);
  controller.abort(GONE);
  expect(await gone).toBe(GONE);
  expect(house.mode.ledger.countByStatus()).toEqual({ 429: 1 });
});

it('ends a walk between two pages', async () => {
  const [{ token } = { token: '' }] = house.mode.world.collections;
  const all = Array.from({ length: 8 }, () => house.mode.world.reports).flat();
  house.mode.world.reportsByCollection.set(token, all);
  const controller = new AbortController();
  const walking = moveInto(house.mode, house.clock);
  const gone = failure(
    walking.rest.listReports(
      token,
      { keepLayout: false },
      { signal: controller.signal, onCall: () => controller.abort(GONE) },
    ),
  );
  expect(await gone).toBe(GONE);
  expect(house.mode.ledger.entries).toHaveLength(1);
});
