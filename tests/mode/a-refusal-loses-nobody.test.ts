import { RateLimitedError } from '../../src/throttle/rate-limited-error.ts';
import { failure, openHouse, type House } from './house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse({
    simulator: { size: { reports: 60 }, behaviour: { rateLimit: { limit: 40, windowMs: 10_000 } } },
    throttle: { windows: [{ limit: 40, lengthMs: 10_000 }] },
  });
});
afterEach(() => house.mode.close());

function readAll(): Promise<(string | undefined)[]> {
  const reading = { keepLayout: false };
  return Promise.all(
    house.mode.world.reports.map(async ({ token }) => {
      const report = await house.rest.readReport(token, reading, house.context);
      return report?.token;
    }),
  );
}

it('60 reads at once keep within 40 in ten seconds', async () => {
  expect(await readAll()).toEqual(house.mode.world.reports.map(({ token }) => token));
  expect(house.mode.ledger.countByStatus()).toEqual({ 200: 60 });
  expect(house.mode.ledger.maxInWindow(10_000)).toBeLessThanOrEqual(40);
  expect(house.mode.ledger.maxConcurrency()).toBeLessThanOrEqual(4);
});

it.each(['none', 'seconds', 'date'] as const)(
  'Mode refuses everything for twelve seconds, hint: %s, and all 60 are answered once',
  async (hint) => {
    house.mode.behaviour.retryAfter = hint;
    house.mode.behaviour.refuseEverythingUntil = house.clock.now() + 12_000;
    expect(await readAll()).toEqual(house.mode.world.reports.map(({ token }) => token));
    expect(house.mode.ledger.duplicates()).toEqual(new Map());
    expect(house.mode.ledger.maxInWindow(10_000)).toBeLessThanOrEqual(40);
    // The four that were under way learn of it, and again while the first pause was too short.
    const statuses = house.mode.ledger.countByStatus();
    expect(statuses[200]).toBe(60);
    expect(statuses[429]).toBeLessThanOrEqual(12);
    expect(house.told).toHaveLength(house.mode.ledger.entries.length);
  },
);

it('serves those that were refused before the others', async () => {
  house.mode.behaviour.refuseEverythingUntil = house.clock.now() + 8_000;
  await readAll();
  const entries = house.mode.ledger.entries;
  const refused = entries.filter(({ status }) => status === 429);
  const resumed = (refused[0]?.at ?? 0) + 10_000;
  // Four go together when the pause is over, and may overtake each other on the way.
  const firstFour = entries.filter(({ at }) => at >= resumed).slice(0, 4);
  expect(refused.length).toBeGreaterThan(0);
  expect(firstFour.map(({ path }) => path)).toEqual(expect.arrayContaining(refused.map(({ path }) => path)));
});

it('a pause longer than a minute is told to everybody, with the seconds', async () => {
  house.mode.faults.inject({ match: 'reports', kind: 'status429', times: 1, retryAfter: '300' });
  const reading = { keepLayout: false };
  const ends = await Promise.allSettled(
    house.mode.world.reports.map(({ token }) => house.rest.readReport(token, reading, house.context)),
  );
  const errors: unknown[] = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  // Four had started: one was refused, and the other three may have been answered.
  expect(house.mode.ledger.entries.length).toBeLessThanOrEqual(4);
  expect(errors).toHaveLength(60 - (house.mode.ledger.entries.length - 1));
  for (const error of errors) {
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', details: { retryable: true } });
  }
  expect(house.throttle.state()).toMatchObject({ queued: 0, running: 0 });
});

it('who is refused for ever is told so after ten times', async () => {
  house.mode.faults.inject({ match: 'verify', kind: 'status429', retryAfter: '1' });
  const error = await failure(house.rest.verify(house.context));
  expect(error).toBeInstanceOf(RateLimitedError);
  expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', details: { retryable: true, retryAfter: 10 } });
  expect(house.mode.ledger.countByStatus()).toEqual({ 429: 10 });
});
