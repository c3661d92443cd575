import { play } from './play.ts';
import { drawSchedule } from './schedule.ts';

/** `SIMULATION_RUNS=20000 npx jest tests/simulation` plays more, `SIMULATION_SEED=123` plays one alone. */
const RUNS = Number(process.env.SIMULATION_RUNS ?? 2_000);
const ALONE = process.env.SIMULATION_SEED;
const SEEDS = ALONE === undefined ? Array.from({ length: RUNS }, (_, index) => index + 1) : [Number(ALONE)];

/** After so many that fail, the others would say no more. */
const MOST_FAILURES = 5;

it(
  `no rule is broken in any of ${SEEDS.length} schedules`,
  async () => {
    const failures: string[] = [];
    for (const seed of SEEDS) {
      const { broken } = await play(drawSchedule(seed));
      if (broken.length === 0) continue;
      failures.push(`SIMULATION_SEED=${seed} npx jest tests/simulation\n  ${[...new Set(broken)].join('\n  ')}`);
      if (failures.length === MOST_FAILURES) break;
    }
    expect(failures.join('\n')).toBe('');
  },
  60_000 + SEEDS.length * 200,
);

/** Each once broke a rule, for the reason it is named after. */
it.each([
  [23, 'who alone waits and is refused for coming too late leaves no timer behind'],
  [42, 'a batch that waits for a connection hears of its deadline'],
  [58, 'a connection that becomes free goes to nobody whose time is over'],
  [393, 'calls that are cut on their way still count, for they arrive'],
  [1088, 'an operation that is given up hands its turns to none of its own calls'],
])('seed %i: %s', async (seed) => {
  expect((await play(drawSchedule(seed))).broken).toEqual([]);
});

it('the same seed plays the same, to the millisecond', async () => {
  for (const seed of SEEDS.slice(0, 20)) {
    const [one, other] = [await play(drawSchedule(seed)), await play(drawSchedule(seed))];
    const calls = ({ ledger }: typeof one) =>
      ledger.map(({ path, sentAt, endedAt, status }) => ({ path, sentAt, endedAt, status }));
    expect(calls(other)).toEqual(calls(one));
    expect(other.broken).toEqual(one.broken);
  }
});
