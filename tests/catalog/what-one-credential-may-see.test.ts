import fc from 'fast-check';
import type { CatalogListName, CatalogRows } from '../../src/catalog/catalog-lists.ts';
import type { CatalogView } from '../../src/catalog/catalog-view.ts';
import { LIST_KEYS, type ListKeys } from '../../src/catalog/list-keys.ts';
import { snapshotOf, type ListSnapshot } from '../../src/catalog/list-snapshot.ts';
import { indexRowsAtOnce } from '../../src/catalog/row-index.ts';
import { VisibleCatalog } from '../../src/catalog/visible-catalog.ts';
import type { CallContext } from '../../src/mode/call-context.ts';

const BELIEVED_MS = 60_000;

type Rows = { readonly [Name in CatalogListName]?: readonly CatalogRows[Name][] };

/** A catalog that holds what it is given, and notes what it was asked to read. */
class HeldCatalog implements CatalogView {
  readonly edition = undefined;
  readonly available = true;
  readonly asked: CatalogListName[] = [];
  readonly #snapshots = new Map<CatalogListName, ListSnapshot<unknown>>();
  refuses: Error | undefined;

  hold(rows: Rows, asOf: number): void {
    for (const [name, list] of Object.entries(rows)) {
      const { key, parent } = LIST_KEYS[name as CatalogListName] as ListKeys<never>;
      const [keys, parents] = [indexRowsAtOnce(list as never[], key), indexRowsAtOnce(list as never[], parent)];
      this.#snapshots.set(
        name as CatalogListName,
        snapshotOf<never>(list as never[], keys, parents, { asOf, pages: 1 }, undefined),
      );
    }
  }

  peek<Name extends CatalogListName>(name: Name): ListSnapshot<CatalogRows[Name]> | undefined {
    return this.#snapshots.get(name) as ListSnapshot<CatalogRows[Name]> | undefined;
  }

  find<Name extends CatalogListName>(name: Name, asOf: number): ListSnapshot<CatalogRows[Name]> | undefined {
    return [this.peek(name)].find((snapshot) => snapshot?.asOf === asOf);
  }

  refresh(name: CatalogListName): Promise<boolean> {
    this.asked.push(name);
    return this.refuses ? Promise.reject(this.refuses) : Promise.resolve(true);
  }

  canRead = () => true;
  readingFor = () => undefined;
  watch = () => () => undefined;
  pages = () => 5;
  readings = (name: CatalogListName) => [{ name, calls: 5, isGuess: false }];
  refreshIfStale = () => undefined;
  status = () => [];
}

interface House {
  readonly shared: HeldCatalog;
  readonly own: HeldCatalog;
  readonly seen: VisibleCatalog;
  now: number;
}

function house(): House {
  const made: { now: number } = { now: 1_000_000 };
  const [shared, own] = [new HeldCatalog(), new HeldCatalog()];
  const clock = { now: () => made.now, schedule: () => () => undefined };
  const seen = new VisibleCatalog({ shared, own, clock, believedMs: BELIEVED_MS });
  return Object.assign(made, { shared, own, seen });
}

const token = fc.integer({ min: 0, max: 9 }).map((number) => `collection ${number}`);

/** Rows with what the view looks at, and nothing else. */
const world = fc.record({
  collections: fc.uniqueArray(token),
  visible: fc.uniqueArray(token),
  reports: fc.array(fc.option(token)),
});

it('shows the rows of the caller’s collections and is else as if the others were not there', () => {
  fc.assert(
    fc.property(world, ({ collections, visible, reports }) => {
      const { shared, own, seen, now } = house();
      const reportRows = reports.map((collectionToken, place) => ({
        kind: 'Report',
        token: `report ${place}`,
        collectionToken,
      }));
      const below = (kind: string) =>
        reportRows.map((row, place) => ({
          kind,
          token: `${kind} ${place}`,
          reportToken: row.token,
          queryToken: `ReportQuery ${place}`,
          collectionToken: row.collectionToken,
        }));
      shared.hold(
        {
          collections: collections.map((each) => ({ kind: 'Collection', token: each })) as never,
          reports: reportRows as never,
          queries: below('ReportQuery') as never,
          charts: below('Chart') as never,
          stats: below('ReportStats') as never,
          members: [{ kind: 'Member', username: 'ada' }] as never,
        },
        now,
      );
      own.hold({ allCollections: visible.map((each) => ({ kind: 'Collection', token: each })) as never }, now);
      const isSeen = (each: string | null): boolean => each !== null && visible.includes(each);
      const places = reports.flatMap((each, place) => (isSeen(each) ? [place] : []));
      expect(seen.peek('collections')?.rows.map((row) => row.token)).toEqual(collections.filter(isSeen));
      for (const [name, kind] of [
        ['reports', 'report'],
        ['queries', 'ReportQuery'],
        ['charts', 'Chart'],
      ] as const) {
        const list = seen.peek(name);
        expect(list?.rows.map((row) => row.token)).toEqual(places.map((place) => `${kind} ${place}`));
        for (const [place, each] of reports.entries()) {
          expect(list?.byKey.has(`${kind} ${place}`)).toBe(isSeen(each));
          expect(list?.byKey.get(`${kind} ${place}`)?.token).toBe(isSeen(each) ? `${kind} ${place}` : undefined);
        }
      }
      expect(seen.peek('stats')?.rows.map((row) => row.reportToken)).toEqual(places.map((place) => `report ${place}`));
      for (const each of collections) {
        const children = reports.flatMap((of, place) => (of === each ? [`report ${place}`] : []));
        const shown = isSeen(each) && children.length > 0 ? children : undefined;
        expect(
          seen
            .peek('reports')
            ?.byParent.get(each)
            ?.map((row) => row.token),
        ).toEqual(shown);
      }
      expect(seen.peek('members')).toBeUndefined();
      const counts = new Map(seen.status().map(({ name, rows }) => [name, rows]));
      expect(counts.get('reports')).toBe(places.length);
      expect(counts.has('members')).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it('shows nothing on the word of a list of collections that is too old', () => {
  const parts = house();
  const { shared, own, seen } = parts;
  shared.hold({ reports: [{ kind: 'Report', token: 'r', collectionToken: 'c' }] as never }, parts.now);
  own.hold({ allCollections: [{ kind: 'Collection', token: 'c' }] as never }, parts.now);
  parts.now += BELIEVED_MS;
  expect(seen.peek('reports')?.rows).toHaveLength(1);
  const { asOf = 0 } = seen.peek('reports') ?? {};
  parts.now += 1;
  expect([seen.peek('reports'), seen.find('reports', asOf), seen.peek('allCollections')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(seen.status().every(({ rows, asOf: read }) => rows === 0 && read === null)).toBe(true);
});

it('shows no statistics while it is not known whose reports they are of', () => {
  const { shared, own, seen, now } = house();
  shared.hold({ stats: [{ kind: 'ReportStats', reportToken: 'r' }] as never }, now);
  own.hold({ allCollections: [] }, now);
  expect(seen.peek('stats')).toBeUndefined();
});

describe('a list that is wanting', () => {
  const call: CallContext = {};

  it('has the caller’s own collections read first, and no scan made when Mode refuses them', async () => {
    const { shared, own, seen } = house();
    own.refuses = new Error('refused');
    await expect(seen.refresh('reports', call)).rejects.toThrow('refused');
    expect([own.asked, shared.asked]).toEqual([['allCollections'], []]);
  });

  it('costs what is missing of it, and only that is read', async () => {
    const { shared, own, seen, now } = house();
    expect(seen.pages('reports')).toBe(10);
    shared.hold({ reports: [] }, now - 5_000);
    expect(seen.pages('reports')).toBe(5);
    expect(seen.pages('reports', 4_000)).toBe(10);
    await seen.refresh('reports', call);
    expect([own.asked, shared.asked]).toEqual([['allCollections'], []]);
    own.hold({ allCollections: [] }, now);
    await seen.refresh('reports', call, { maxAgeMs: 4_000 });
    expect([own.asked, shared.asked]).toEqual([['allCollections'], ['reports']]);
    expect(seen.pages('stats')).toBe(5);
    await seen.refresh('stats', call);
    expect(shared.asked).toEqual(['reports', 'stats']);
  });

  it('of members is never read', async () => {
    const { seen, shared } = house();
    expect(seen.canRead('members')).toBe(false);
    await expect(seen.refresh('members', call)).rejects.toMatchObject({ code: 'UPSTREAM_FORBIDDEN' });
    expect(shared.asked).toEqual([]);
  });
});
