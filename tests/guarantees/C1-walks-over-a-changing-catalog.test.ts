import fc from 'fast-check';
import type { Gateway } from '../../src/gateway.ts';
import type { SimReport, Simulator } from '../../src/simulator/index.ts';
import { ask, envWithDiscovery, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { at, listAt, textAt } from '../support/tree.ts';

type Field = 'NAME' | 'CREATED_AT' | 'UPDATED_AT' | 'LAST_RUN_AT' | 'LAST_VIEWED_AT' | 'VIEW_COUNT';

const VALUE_OF: Readonly<Record<Field, (row: SimReport) => string | number | null>> = {
  NAME: (row) => row.name,
  CREATED_AT: (row) => row.createdAt,
  UPDATED_AT: (row) => row.updatedAt,
  LAST_RUN_AT: (row) => row.lastRunAt,
  LAST_VIEWED_AT: (row) => row.lastViewedAt,
  VIEW_COUNT: (row) => row.viewCount,
};

/** Something that happens to the workspace between two pages; `which` picks the row. */
interface Change {
  readonly kind: 'add' | 'remove' | 'rename' | 'move' | 'view' | 'run' | 'refresh';
  readonly which: number;
  readonly text: string | null;
}

interface Walk {
  readonly field: Field;
  readonly direction: 'ASC' | 'DESC';
  readonly backward: boolean;
  readonly size: number;
  readonly changes: readonly (readonly Change[])[];
}

const anyChange = fc.record<Change>({
  kind: fc.constantFrom('add', 'remove', 'rename', 'rename', 'move', 'view', 'run', 'refresh'),
  which: fc.nat({ max: 10_000 }),
  text: fc.option(fc.constantFrom('', 'A', 'a', 'm2', 'm10', 'Zebra', 'Élan'), { freq: 6 }),
});
const anyWalk = fc.record<Walk>({
  field: fc.constantFrom('NAME', 'CREATED_AT', 'UPDATED_AT', 'LAST_RUN_AT', 'LAST_VIEWED_AT', 'VIEW_COUNT'),
  direction: fc.constantFrom('ASC', 'DESC'),
  backward: fc.boolean(),
  size: fc.integer({ min: 5, max: 11 }),
  changes: fc.array(fc.array(anyChange, { maxLength: 6 }), { minLength: 4, maxLength: 12 }),
});

/** What Discovery said of each report's place, each time the catalog was read. */
type Places = ReadonlyMap<string, string | number | null>;

describe('C1: a walk over the reports of a workspace that changes meanwhile', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode({ size: { collections: 6, reports: 60, queries: 60, charts: 10 } });
    gateway = gatewayOver(envWithDiscovery(mode));
  });

  afterAll(async () => {
    await gateway.dispose();
    await mode.close();
  });

  const picked = <Row>(rows: readonly Row[], which: number): Row => {
    const row = rows[which % rows.length];
    if (row === undefined) throw new Error('the world is empty');
    return row;
  };
  const moment = (which: number) => new Date(Date.UTC(2026, 0, 1) + which * 3_600_000).toISOString();

  function change({ kind, which, text }: Change): void {
    const { world } = mode;
    const report = picked(world.reports, which);
    const collection = picked(world.collections, which).token;
    if (kind === 'add') world.addReport(collection, { name: text, createdAt: moment(which), viewCount: which % 50 });
    // The world stays about as large as it was.
    if (kind === 'remove' && world.reports.length > 40) world.removeReport(report.token);
    if (kind === 'rename') world.renameReport(report.token, text);
    if (kind === 'move') world.moveReport(report.token, collection);
    if (kind === 'run') report.lastRunAt = text === null ? null : moment(which);
    if (kind === 'view') Object.assign(report, { viewCount: which % 50, lastViewedAt: moment(which) });
  }

  async function refresh(field: Field): Promise<Places> {
    mode.rebuildDiscovery();
    await gateway.catalog.refresh('reports', {});
    await gateway.catalog.refresh('stats', {});
    return new Map(mode.world.reports.map((row) => [row.token, VALUE_OF[field](row)]));
  }

  /** Walks to the end, changing the world between any two pages. */
  async function walk(plan: Walk, mostRefreshes: number): Promise<{ seen: string[]; places: Places[] }> {
    const places = [await refresh(plan.field)];
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let turn = 0; ; turn++) {
      const bounds: string = plan.backward
        ? `last: ${plan.size}${cursor === null ? '' : `, before: "${cursor}"`}`
        : `first: ${plan.size}${cursor === null ? '' : `, after: "${cursor}"`}`;
      const { data, errors } = await ask(
        gateway,
        `{ workspace { reports(${bounds}, orderBy: { field: ${plan.field}, direction: ${plan.direction} }) {
          nodes { token name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
      );
      expect(errors).toBeUndefined();
      const tokens = listAt(data, 'workspace.reports.nodes').map((row) => textAt(row, 'token'));
      if (plan.backward) seen.unshift(...tokens);
      else seen.push(...tokens);
      const info = at(data, 'workspace.reports.pageInfo');
      if (at(info, plan.backward ? 'hasPreviousPage' : 'hasNextPage') !== true) return { seen, places };
      cursor = textAt(info, plan.backward ? 'startCursor' : 'endCursor');
      for (const each of plan.changes[turn] ?? []) {
        if (each.kind !== 'refresh') change(each);
        else if (places.length <= mostRefreshes) places.push(await refresh(plan.field));
      }
    }
  }

  it('sees every row that existed throughout exactly once, while the catalog keeps the snapshot it began on', async () => {
    await fc.assert(
      fc.asyncProperty(anyWalk, async (plan) => {
        const { seen, places } = await walk(plan, 2);
        expect(new Set(seen).size).toBe(seen.length);
        // The snapshot it began on, whole, whatever became of it since.
        expect(new Set(seen)).toEqual(new Set(places[0]?.keys()));
      }),
      { numRuns: 100 },
    );
  });

  it('sees every row that kept its place exactly once, however often the catalog is read anew', async () => {
    await fc.assert(
      fc.asyncProperty(anyWalk, async (plan) => {
        const { seen, places } = await walk(plan, Infinity);
        const kept = [...(places[0]?.keys() ?? [])].filter((token) =>
          places.every((each) => each.has(token) && each.get(token) === places[0]?.get(token)),
        );
        const times = new Map<string, number>();
        for (const token of seen) times.set(token, (times.get(token) ?? 0) + 1);
        expect(kept.filter((token) => times.get(token) !== 1)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('costs no call after the first page', async () => {
    const plan: Walk = { field: 'VIEW_COUNT', direction: 'DESC', backward: false, size: 7, changes: [] };
    mode.ledger.clear();
    await walk(plan, 0);
    // The two refreshes of the test itself.
    expect(mode.ledger.entries).toHaveLength(2);
  });

  it.each(['forward', 'backward'])('walks lists within a list %s on the snapshot it began on', async (way) => {
    await refresh('NAME');
    const collection = picked(
      mode.world.collections.filter((row) => (mode.world.reportsByCollection.get(row.token)?.length ?? 0) > 3),
      0,
    ).token;
    const before = (mode.world.reportsByCollection.get(collection) ?? []).map((row) => row.token);
    const seen: string[] = [];
    for (let cursor: string | null = null; ;) {
      const bounds: string = way === 'forward' ? `first: 2, after: ` : `last: 2, before: `;
      const { data } = await ask(
        gateway,
        `{ collection(token: "${collection}") { reports(${bounds} ${JSON.stringify(cursor)}, orderBy: { field: NAME }) {
          edges { cursor node { token } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
      );
      seen.push(...listAt(data, 'collection.reports.edges').map((edge) => textAt(edge, 'node.token')));
      const info = at(data, 'collection.reports.pageInfo');
      if (at(info, way === 'forward' ? 'hasNextPage' : 'hasPreviousPage') !== true) break;
      cursor = textAt(info, way === 'forward' ? 'endCursor' : 'startCursor');
      // Turned upside down: a keyset alone would now show rows twice and leave others out.
      for (const [index, row] of [...(mode.world.reportsByCollection.get(collection) ?? [])].reverse().entries()) {
        if (seen.length <= 4) mode.world.renameReport(row.token, `${seen.length} ${index}`);
      }
      if (seen.length <= 4) await refresh('NAME');
    }
    expect([...seen].sort()).toEqual([...before].sort());
  });
});
