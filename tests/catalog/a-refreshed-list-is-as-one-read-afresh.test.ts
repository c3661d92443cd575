import fc from 'fast-check';
import { HeldLists } from '../../src/catalog/held-lists.ts';
import { createIntake } from '../../src/catalog/intake.ts';
import { prepareWithStats, reportsWithStats } from '../../src/loading/reports-with-stats.ts';
import { reportIdentity } from '../../src/mode/identities.ts';
import type { Provenance, ReportRecord, ReportStatsRecord } from '../../src/mode/records.ts';
import { slices } from '../../src/mode/slices.ts';
import { ReportOrder } from '../../src/schema/connection/order-inputs.ts';
import { LONG, placesInOrder } from '../../src/schema/connection/ordered-rows.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** A report as Mode would tell it, and its statistics. */
interface Told {
  readonly token: string;
  readonly name: string | null;
  readonly collectionToken: string | null;
  readonly updatedAt: string | null;
  readonly viewCount: number;
}

type World = readonly Told[];

const NAMES = [
  'Revenue',
  'revenue',
  'Q2',
  'Q10',
  'Q02',
  'Élan',
  'eland',
  '',
  '(draft)',
  'Umsätze',
  'Über',
  'Zoo 3',
  null,
];

const pick = <Value>(values: readonly Value[], random: () => number): Value =>
  values[Math.floor(random() * values.length)] as Value;

function report(token: string, random: () => number): Told {
  return {
    token,
    name: pick(NAMES, random),
    collectionToken: pick(['a', 'b', 'c', null], random),
    updatedAt: random() < 0.1 ? null : new Date(Math.floor(random() * 50) * 86_400_000).toISOString(),
    viewCount: Math.floor(random() * 20),
  };
}

/** Some rows changed, some gone, some new, and all of it told in another order. */
function changed(world: World, share: number, random: () => number): World {
  const next = world.flatMap((each) => {
    if (random() >= share) return [each];
    return random() < 0.3 ? [] : [report(each.token, random)];
  });
  const added = Array.from({ length: Math.floor(share * 10 * random()) }, () => report(`new${random()}`, random));
  const all = [...next, ...added];
  const cut = Math.floor(random() * all.length);
  return [...all.slice(cut), ...all.slice(0, cut)];
}

const reportRows = (world: World, provenance: Provenance): ReportRecord[] =>
  world.map(({ viewCount: _, ...facts }) => ({ ...reportIdentity(facts.token, provenance), ...facts }));

const statsRows = (world: World, provenance: Provenance): ReportStatsRecord[] =>
  world.map(({ token, viewCount }) => ({
    kind: 'ReportStats',
    reportToken: token,
    viewCount,
    activeSchedulesCount: 0,
    explorationsCount: 0,
    recentRunnerEmails: [],
    schedulerEmails: [`${viewCount % 3}@acme.test`],
    editorEmails: [],
    provenance,
  }));

/** As the catalog reads a list: page by page, and what is unchanged stays the object it was. */
async function read(lists: HeldLists, name: 'reports' | 'stats', world: World, asOf: number): Promise<void> {
  const provenance = { source: 'DISCOVERY', asOf } as const;
  const facts = { asOf, pages: 1 };
  if (name === 'reports') {
    const rows = createIntake<ReportRecord>(name, lists.peek(name)).take(reportRows(world, provenance));
    await lists.replace(name, rows, facts);
  } else {
    const rows = createIntake<ReportStatsRecord>(name, lists.peek(name)).take(statsRows(world, provenance));
    await lists.replace(name, rows, facts);
  }
}

const ORDERS = (['NAME', 'UPDATED_AT', 'VIEW_COUNT'] as const).flatMap((field) =>
  (['ASC', 'DESC'] as const).map((direction) => ReportOrder.read({ field, direction })),
);

const told = ({ provenance: { source, asOf } }: { readonly provenance: Provenance }): Provenance => ({ source, asOf });

/** All that questions can learn of the lists, by what the rows are and not by where they stand. */
function learn(lists: HeldLists) {
  const [reports, stats] = [lists.peek('reports'), lists.peek('stats')];
  if (!reports || !stats) throw new Error('nothing was read');
  const merged = reportsWithStats(reports, stats);
  const facts = (row: ReportRecord) => ({ ...row, provenance: told(row) });
  const sorted = (rows: readonly ReportRecord[]) => rows.map(({ token }) => token).sort();
  return {
    asOf: [reports.asOf, stats.asOf],
    rows: Object.fromEntries(merged.rows.map((row) => [row.token, facts(row)])),
    found: merged.rows.filter((row) => merged.byKey.get(row.token) === row).length,
    byParent: ['a', 'b', 'c', 'd'].map((token) => sorted(reports.byParent.get(token) ?? [])),
    orders: ORDERS.map((order) => [...placesInOrder(merged.rows, order)].map((place) => merged.rows[place]?.token)),
    plainOrders: ORDERS.map((order) => [...placesInOrder(reports.rows, order)].map((at) => reports.rows[at]?.token)),
  };
}

/** Worked out beforehand, as it is behind the answers, so that it is passed on. */
async function prepare(lists: HeldLists): Promise<void> {
  const [reports, stats] = [lists.peek('reports'), lists.peek('stats')];
  if (!reports || !stats) return;
  await prepareWithStats(reports, stats, slices, () => true);
  learn(lists);
}

const sizes = fc.record({ seed: fc.nat(), rows: fc.constantFrom(1, 7, 60), share: fc.constantFrom(0, 0.02, 0.3, 1) });

async function compare({ seed, rows, share }: { seed: number; rows: number; share: number }): Promise<void> {
  const random = seededRandom(seed);
  let world: World = Array.from({ length: rows }, (_, index) => report(`r${index}`, random));
  const lists = new HeldLists(slices);
  await Promise.all([read(lists, 'reports', world, 1), read(lists, 'stats', world, 2)]);
  await prepare(lists);
  for (let time = 1; time <= 3; time++) {
    const [reportsBefore, statsBefore] = [lists.peek('reports'), lists.peek('stats')];
    const merged = new Map(
      reportsBefore && statsBefore
        ? reportsWithStats(reportsBefore, statsBefore).rows.map((row) => [row.token, row] as const)
        : [],
    );
    const factsBefore = new Map([...merged].map(([token, row]) => [token, told(row)]));
    const before = new Map(world.map((each) => [each.token, each]));
    world = changed(world, share, random);
    const asOf = 10 * time;
    await Promise.all([read(lists, 'reports', world, asOf), read(lists, 'stats', world, asOf + 1)]);

    const fresh = new HeldLists(slices);
    await Promise.all([read(fresh, 'reports', world, asOf), read(fresh, 'stats', world, asOf + 1)]);
    expect(learn(lists)).toEqual(learn(fresh));

    const [reports, stats] = [lists.peek('reports'), lists.peek('stats')];
    if (!reports || !stats) throw new Error('nothing was read');
    const now = reportsWithStats(reports, stats);
    const isAsBefore = (each: Told): boolean => before.get(each.token) === each;
    for (const each of world) {
      if (isAsBefore(each)) {
        const isKept =
          reports.byKey.get(each.token) === reportsBefore?.byKey.get(each.token) &&
          now.byKey.get(each.token) === merged.get(each.token);
        if (!isKept) throw new Error(`${each.token} is another object`);
      }
      merged.delete(each.token);
    }
    // Whoever still walks on the old lists is told when these were true.
    expect([...merged].map(([token, row]) => [token, told(row)])).toEqual(
      [...merged.keys()].map((token) => [token, factsBefore.get(token)]),
    );
    if (world.length === before.size && world.every(isAsBefore)) {
      expect(reports.rows).toBe(reportsBefore?.rows);
      expect(stats.rows).toBe(statsBefore?.rows);
      expect(now.rows).toBe(reportsBefore && statsBefore && reportsWithStats(reportsBefore, statsBefore).rows);
    }
  }
}

describe('a list that is read again', () => {
  it('tells what one read for the first time would, and what did not change is the same objects', async () => {
    await fc.assert(fc.asyncProperty(sizes, compare), { numRuns: 60 });
  });

  it.each([0, 0.001, 0.2])('does so when it is long, and %d of it has changed: orders are passed on', async (share) => {
    await compare({ seed: 7, rows: LONG + 20, share });
  });

  it('keeps array and indexes when nothing changed, and tells the new moment', async () => {
    const world = Array.from({ length: 30 }, (_, index) => report(`r${index}`, seededRandom(index)));
    const lists = new HeldLists(slices);
    await read(lists, 'reports', world, 1);
    const before = lists.peek('reports');
    await read(lists, 'reports', [...world].reverse(), 2);
    const after = lists.peek('reports');
    expect(after?.rows).toBe(before?.rows);
    expect(after?.byParent.get('a')).toBe(before?.byParent.get('a'));
    expect([before?.asOf, after?.asOf]).toEqual([1, 2]);
    expect(new Set(after?.rows.map(({ provenance }) => provenance)).size).toBe(1);
    expect(after?.rows[0]?.provenance).toEqual({ source: 'DISCOVERY', asOf: 2 });
    expect(lists.find('reports', 1)).toBe(before);
  });

  it('leaves what was changed or removed its old moment, for walks that go on over it', async () => {
    const world = Array.from({ length: 5 }, (_, index) => report(`r${index}`, seededRandom(index)));
    const lists = new HeldLists(slices);
    await read(lists, 'reports', world, 1);
    const [first, second] = world.map(({ token }) => lists.peek('reports')?.byKey.get(token));
    const [one, , ...others] = world;
    await read(lists, 'reports', [{ ...report('r0', seededRandom(0)), ...one, name: 'Another' }, ...others], 2);
    expect(first?.provenance).toEqual({ source: 'DISCOVERY', asOf: 1 });
    expect(second?.provenance).toEqual({ source: 'DISCOVERY', asOf: 1 });
    expect(lists.find('reports', 1)?.rows).toHaveLength(5);
    expect(lists.peek('reports')?.rows.map(({ provenance }) => provenance.asOf)).toEqual([2, 2, 2, 2]);
  });
});
