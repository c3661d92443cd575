import { choosePlan, type Clause, type How, type Offer, type Plan, type Source } from '../../src/loading/plan.ts';

const SOURCES: readonly Source[] = ['REST', 'DISCOVERY', 'STATS'];
const HOWS: readonly How[] = ['snapshot', 'scan', 'walk', 'read'];

/** What each way leaves behind, as the plan's documentation ranks them. */
const RANK: Readonly<Record<How, number>> = { snapshot: 3, scan: 2, walk: 1, read: 0 };

/** Small, seeded and good enough: the same cases every time. */
function randomness(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Case {
  readonly wanted: readonly Clause[];
  readonly offers: readonly Offer[];
}

function makeCase(seed: number): Case {
  const below = randomness(seed);
  const pick = <T>(all: readonly T[], fallback: T): T => all[below(all.length)] ?? fallback;
  const scope = () => pick(['all', 'page'] as const, 'all');
  const wanted = Array.from({ length: below(6) }, () => ({
    anyOf: SOURCES.filter(() => below(2) === 1),
    scope: scope(),
  }));
  const offers = Array.from({ length: below(7) }, () => ({
    source: pick(SOURCES, 'REST'),
    how: pick(HOWS, 'read'),
    scope: scope(),
    calls: below(5),
  }));
  return { wanted, offers };
}

/** Written without a look at the code under test: tries every way to take or leave each offer. */
function everySelection(offers: readonly Offer[]): Offer[][] {
  const [head, ...tail] = offers;
  if (!head) return [[]];
  const without = everySelection(tail);
  return [...without, ...without.map((rest) => [head, ...rest])];
}

function answers(offers: readonly Offer[], clause: Clause): boolean {
  for (const offer of offers) {
    if (offer.scope === 'page' && clause.scope === 'all') continue;
    if (clause.anyOf.some((source) => source === offer.source)) return true;
  }
  return false;
}

const costOf = (offers: readonly Offer[]): number => offers.reduce((sum, { calls }) => sum + calls, 0);
const leftBy = (offers: readonly Offer[]): number =>
  offers.reduce((sum, { how, source }) => sum + RANK[how] + (source === 'REST' ? 0.5 : 0), 0);

function verdict({ wanted, offers }: Case, plan: Plan): string[] {
  const wrong: string[] = [];
  const attainable = wanted.filter((clause) => answers(offers, clause));
  const complete = everySelection(offers).filter((steps) => attainable.every((clause) => answers(steps, clause)));
  const cheapest = Math.min(...complete.map(costOf));
  const tied = complete.filter((steps) => costOf(steps) === cheapest);
  const fewest = Math.min(...tied.map((steps) => steps.length));
  const most = Math.max(...tied.filter((steps) => steps.length === fewest).map(leftBy));

  if (!attainable.every((clause) => answers(plan.steps, clause))) wrong.push('leaves out what can be had');
  if (plan.calls !== costOf(plan.steps)) wrong.push('does not cost what its steps cost');
  if (plan.calls !== cheapest) wrong.push(`costs ${plan.calls} instead of ${cheapest}`);
  if (plan.steps.length !== fewest) wrong.push('takes more steps than it must');
  if (leftBy(plan.steps) !== most) wrong.push('leaves less behind than it could');
  if (!plan.steps.every((step) => offers.includes(step))) wrong.push('takes what nobody offered');
  const unmet = wanted.filter((clause) => !answers(offers, clause));
  if (unmet.length !== plan.unmet.length || unmet.some((clause, at) => clause !== plan.unmet[at])) {
    wrong.push('is wrong about what cannot be had');
  }
  return wrong;
}

describe('the plan', () => {
  it('is one of the cheapest of all that supply what can be supplied, in 20,000 random cases', () => {
    const failures: string[] = [];
    let unmet = 0;
    let ties = 0;
    for (let seed = 1; seed <= 20_000; seed++) {
      const made = makeCase(seed);
      const plan = choosePlan(made.wanted, made.offers);
      failures.push(...verdict(made, plan).map((what) => `seed ${seed} ${what}`));
      if (plan.unmet.length > 0) unmet++;
      if (plan.steps.length > 1) ties++;
    }
    expect(failures).toEqual([]);
    // The cases are worth something: neither all trivial nor all hopeless.
    expect(unmet).toBeGreaterThan(2_000);
    expect(20_000 - unmet).toBeGreaterThan(2_000);
    expect(ties).toBeGreaterThan(1_000);
  });

  it('does nothing for nobody', () => {
    expect(choosePlan([], [])).toEqual({ steps: [], calls: 0, unmet: [] });
    expect(choosePlan([], [{ source: 'REST', how: 'walk', scope: 'all', calls: 0 }]).steps).toEqual([]);
  });

  const read = { source: 'REST', how: 'read', scope: 'all', calls: 3 } as const;
  const scan = { source: 'DISCOVERY', how: 'scan', scope: 'all', calls: 3 } as const;
  const either = { anyOf: ['REST', 'DISCOVERY'], scope: 'all' } as const;

  it('leaves more behind when it costs the same, whichever is offered first', () => {
    expect(choosePlan([either], [read, scan]).steps).toEqual([scan]);
    expect(choosePlan([either], [scan, read]).steps).toEqual([scan]);
  });

  it('takes one step rather than two when they cost the same', () => {
    const stats = { source: 'STATS', how: 'snapshot', scope: 'all', calls: 0 } as const;
    const both = { anyOf: ['REST', 'STATS'], scope: 'page' } as const;
    expect(choosePlan([either, both], [stats, scan, read]).steps).toEqual([read]);
  });

  it('reads the rows that are shown singly when only they need it', () => {
    const ofPage = { source: 'REST', how: 'read', scope: 'page', calls: 20 } as const;
    const walk = { source: 'REST', how: 'walk', scope: 'all', calls: 100 } as const;
    const held = { ...scan, how: 'snapshot', calls: 0 } as const;
    const shown = { anyOf: ['REST'], scope: 'page' } as const;
    expect(choosePlan([either, shown], [held, walk, ofPage]).steps).toEqual([held, ofPage]);
    expect(choosePlan([either, { ...shown, scope: 'all' }], [held, walk, ofPage]).steps).toEqual([walk]);
  });
});
