import { createSlices } from '../../src/mode/slices.ts';

const LENGTH = 8;

/** Slices on a clock that only work moves, and the rounds of an event loop that this test turns. */
function house() {
  const state = { now: 0, rounds: 0 };
  const due: (() => void)[] = [];
  const slices = createSlices({ lengthMs: LENGTH, now: () => state.now, defer: (task) => due.push(task) });
  const worked: { readonly job: string; readonly round: number; readonly from: number }[] = [];
  const work = async (job: string, steps: number, stepMs: number): Promise<void> => {
    for (let step = 0; step < steps; step++) {
      if (slices.isOver) await slices.next();
      worked.push({ job, round: state.rounds, from: state.now });
      state.now += stepMs;
    }
  };
  /** Turns the loop for as long as anything is due; whatever goes on in between takes no time. */
  const turn = async (): Promise<void> => {
    for (let task = due.shift(); task; task = due.shift()) {
      state.rounds++;
      task();
      for (let tick = 0; tick < 10; tick++) await Promise.resolve();
    }
  };
  return { work, turn, worked, state };
}

const workedIn = (worked: ReturnType<typeof house>['worked'], round: number) =>
  worked.filter((step) => step.round === round);

describe('long work', () => {
  it.each([1, 10, 1_000])('of %i milliseconds yields as often as its length calls for', async (steps) => {
    const { work, turn, worked } = house();
    const done = work('alone', steps, 1);
    await turn();
    await done;
    const rounds = new Set(worked.map(({ round }) => round));
    expect(rounds.size).toBe(Math.ceil(steps / LENGTH));
    for (const round of rounds) expect(workedIn(worked, round).length).toBeLessThanOrEqual(LENGTH);
  });

  it('that fits into one slice is done at once', async () => {
    const { work, worked } = house();
    await work('short', LENGTH, 1);
    expect(new Set(worked.map(({ round }) => round))).toEqual(new Set([0]));
  });

  it('of many jobs at once holds the event loop no longer than one does, and each has its turn', async () => {
    const { work, turn, worked } = house();
    const jobs = ['a', 'b', 'c', 'd', 'e'];
    const done = Promise.all(jobs.map((job) => work(job, 40, 1)));
    await turn();
    await done;
    expect(worked).toHaveLength(200);
    for (const round of new Set(worked.map((step) => step.round))) {
      expect(workedIn(worked, round).length).toBeLessThanOrEqual(LENGTH);
    }
    const halfway = worked.slice(0, 100);
    expect(new Set(halfway.map(({ job }) => job))).toEqual(new Set(jobs));
  });

  it('begins a new slice after the loop was idle', async () => {
    const { work, turn, worked, state } = house();
    await work('first', LENGTH, 1);
    await turn();
    state.now += 1_000_000;
    await work('second', LENGTH, 1);
    expect(worked).toHaveLength(2 * LENGTH);
  });
});
